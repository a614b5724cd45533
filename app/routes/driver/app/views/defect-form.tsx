import { type ChangeEvent, useRef, useState } from "react";
import { type Id, newId } from "~/kernel/ids";
import type { PartKey } from "~/modules/inspections/checklists/checklist";
import { type DefectProblem, type DefectSeverity, defectProblems, defectSeverities } from "~/modules/inspections/defects/defect";
import { MAX_PHOTOS } from "~/modules/inspections/filing/limits";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { TextArea } from "~/ui/text-area";
import type { DraftDefect, DraftPhoto } from "../draft";
import { takePhoto } from "../phone/take-photo.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import { Choices } from "./choices";
import { KeptPhotoImage } from "./kept-photo-image";

type Props = {
  submissionId: Id<"submission">;
  parts: readonly PartKey[];
  /** Null for a new one. */
  defect: DraftDefect | null;
  onSave(defect: DraftDefect): Promise<void>;
  onCancel(): void;
};

/** One defect: part, what is wrong, whether the unit can be driven, photos. */
export function DefectForm({ submissionId, parts, defect, onSave, onCancel }: Props) {
  const { texts, labels } = usePhone();
  const [id] = useState(() => defect?.id ?? newId("defect"));
  const [part, setPart] = useState<PartKey | null>(defect?.part ?? (parts.length === 1 ? (parts[0] ?? null) : null));
  const [problem, setProblem] = useState<DefectProblem | null>(defect?.problem ?? null);
  const [severity, setSeverity] = useState<DefectSeverity | null>(defect?.severity ?? null);
  const [note, setNote] = useState(defect?.note ?? "");
  const [photos, setPhotos] = useState<readonly DraftPhoto[]>(defect?.photos ?? []);
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
      if (photo) setPhotos((taken) => (taken.length < MAX_PHOTOS ? [...taken, photo] : taken));
      else setUnreadable(true);
    }
  };
  const save = () => {
    setTried(true);
    const first = [part === null && "part", problem === null && "problem", severity === null && "severity"].find(Boolean);
    if (first) document.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus();
    if (part && problem && severity) void onSave({ id, part, problem, severity, note: note.trim(), photos });
  };
  return (
    <Screen
      title={defect ? texts.editDefect : texts.addDefect}
      actions={
        <>
          <Button kind="primary" wide blocked={reading > 0 ? texts.readingPhoto : null} onClick={save}>
            {texts.saveDefect}
          </Button>
          <Button wide onClick={onCancel}>
            {texts.cancel}
          </Button>
        </>
      }
    >
      <Choices legend={texts.part} name="part" values={parts} labels={labels.parts} value={part} error={missing(part)} onChoose={setPart} />
      <Choices
        legend={texts.whatIsWrong}
        name="problem"
        values={defectProblems}
        labels={labels.problems}
        value={problem}
        error={missing(problem)}
        onChoose={setProblem}
      />
      <Choices
        legend={texts.severity}
        name="severity"
        values={defectSeverities}
        labels={labels.severities}
        value={severity}
        error={missing(severity)}
        onChoose={setSeverity}
      />
      <TextArea
        label={texts.note}
        name="note"
        hint={texts.noteHint}
        defaultValue={note}
        maxLength={1_000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <section className="grid gap-2" aria-label={texts.photos}>
        <h2 className="font-semibold">{texts.photos}</h2>
        {photos.length > 0 && (
          <ul className="grid grid-cols-3 gap-2">
            {photos.map((photo, at) => (
              <li key={photo.id} className="grid gap-1">
                <KeptPhotoImage id={photo.id} alt={texts.photoOf(at + 1)} />
                <button type="button" className="min-h-12 underline" onClick={() => setPhotos((taken) => taken.filter((one) => one.id !== photo.id))}>
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
    </Screen>
  );
}
