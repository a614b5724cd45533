import { type ChangeEvent, useRef, useState } from "react";
import type { Id } from "~/kernel/ids";
import { type ChecklistGroup, problemsOf } from "~/modules/inspections/checklists/checklist";
import { partLabel } from "~/modules/inspections/checklists/labels";
import { defectSeverities } from "~/modules/inspections/defects/defect";
import { MAX_PHOTOS } from "~/modules/inspections/filing/limits";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { TextArea } from "~/ui/text-area";
import { type DefectInHand, type DraftDefect, defectFrom } from "../draft";
import { takePhoto } from "../phone/take-photo.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import { Choices } from "./choices";
import { KeptPhotoImage } from "./kept-photo-image";
import { VideoField } from "./video-field";

type Props = {
  submissionId: Id<"submission">;
  group: Pick<ChecklistGroup, "parts" | "problems">;
  defect: DefectInHand;
  isNew: boolean;
  /** Saves what was just filled in: the page may be gone before the driver saves. */
  onChange(by: (defect: DefectInHand) => Partial<DefectInHand>): Promise<void>;
  onSave(defect: DraftDefect): Promise<void>;
  onCancel(files: readonly { id: Id<"attachment"> }[]): Promise<void>;
};

/** One defect: part, what is wrong, whether the unit can be driven, photos. */
export function DefectForm({ submissionId, group, defect, isNew, onChange, onSave, onCancel }: Props) {
  const { texts, labels } = usePhone();
  const { part, problem, severity, note, photos, video } = defect;
  const [isVideoBusy, setVideoBusy] = useState(false);
  const [isUnreadable, setUnreadable] = useState(false);
  const [reading, setReading] = useState(0);
  const [wasTried, setTried] = useState(false);
  const camera = useRef<HTMLInputElement>(null);
  const missing = (value: unknown) => (wasTried && value === null ? texts.chooseOne : null);

  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = "";
    setUnreadable(false);
    setReading((count) => count + files.length);
    for (const file of files) {
      const photo = await takePhoto(file, submissionId).catch(() => null);
      setReading((count) => count - 1);
      if (photo) await onChange(({ photos: taken }) => ({ photos: taken.length < MAX_PHOTOS ? [...taken, photo] : taken }));
      else setUnreadable(true);
    }
  };
  const save = () => {
    setTried(true);
    const first = [part === null && "part", problem === null && "problem", severity === null && "severity"].find(Boolean);
    if (first) document.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus();
    const complete = defectFrom(defect);
    if (complete) void onSave(complete);
  };
  return (
    <Screen
      title={isNew ? texts.addDefect : texts.editDefect}
      actions={
        <>
          <Button kind="primary" wide blocked={reading > 0 ? texts.readingPhoto : isVideoBusy ? texts.readingVideo : null} onClick={save}>
            {texts.saveDefect}
          </Button>
          <Button wide onClick={() => onCancel([...photos, ...(video ? [video] : [])])}>
            {texts.cancel}
          </Button>
        </>
      }
    >
      <Choices
        legend={texts.part}
        name="part"
        values={group.parts}
        labelOf={(one) => partLabel(one, labels)}
        value={part}
        error={missing(part)}
        onChoose={(chosen) =>
          onChange(({ problem: before }) => ({ part: chosen, problem: before && problemsOf(group, chosen).includes(before) ? before : null }))
        }
      />
      <Choices
        legend={texts.whatIsWrong}
        name="problem"
        values={problemsOf(group, part)}
        labelOf={(one) => labels.problems[one]}
        value={problem}
        error={missing(problem)}
        onChoose={(chosen) => onChange(() => ({ problem: chosen }))}
      />
      <Choices
        legend={texts.severity}
        name="severity"
        values={defectSeverities}
        labelOf={(one) => labels.severities[one]}
        value={severity}
        error={missing(severity)}
        onChoose={(chosen) => onChange(() => ({ severity: chosen }))}
      />
      <TextArea
        label={texts.note}
        name="note"
        hint={texts.noteHint}
        defaultValue={note}
        maxLength={1_000}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          void onChange(() => ({ note: typed }));
        }}
      />
      <section className="grid gap-2" aria-label={texts.photos}>
        <h2 className="font-semibold">{texts.photos}</h2>
        {photos.length > 0 && (
          <ul className="grid grid-cols-3 gap-2">
            {photos.map((photo, at) => (
              <li key={photo.id} className="grid gap-1">
                <KeptPhotoImage id={photo.id} alt={texts.photoOf(at + 1)} />
                <button
                  type="button"
                  className="min-h-12 underline"
                  onClick={() => onChange(({ photos: taken }) => ({ photos: taken.filter((one) => one.id !== photo.id) }))}
                >
                  {texts.remove}
                </button>
              </li>
            ))}
          </ul>
        )}
        {isUnreadable && <Notice tone="amber" title={texts.photoFailed} />}
        {photos.length < MAX_PHOTOS && (
          <>
            <input
              ref={camera}
              type="file"
              accept="image/*"
              capture="environment"
              multiple
              className="sr-only"
              tabIndex={-1}
              aria-hidden="true"
              onChange={add}
            />
            <Button wide onClick={() => camera.current?.click()}>
              {texts.addPhoto}
            </Button>
          </>
        )}
      </section>
      <VideoField
        submissionId={submissionId}
        video={video}
        isBusy={isVideoBusy}
        onBusy={setVideoBusy}
        onChange={(taken) => onChange(({ video: _, ...rest }) => ({ ...rest, video: taken }))}
      />
    </Screen>
  );
}
