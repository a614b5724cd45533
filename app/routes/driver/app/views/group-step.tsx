import { PencilLine, Trash2 } from "lucide-react";
import { type Id, newId } from "~/kernel/ids";
import type { GroupKey, PartKey } from "~/modules/inspections/checklists/checklist";
import { defectTitle, partLabel } from "~/modules/inspections/checklists/labels";
import { Button } from "~/ui/button";
import { StateGlyph } from "~/ui/state-mark";
import { type DraftDefect, groupsOf } from "../draft";
import { dropPhoto } from "../phone/phone-database.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import { DefectForm } from "./defect-form";
import { DefectList } from "./defect-list";
import type { UnitStepProps } from "./step-props";

const filesOf = ({ photos, video }: DraftDefect) => [...photos, ...(video ? [video] : [])];

/** One group of parts, as one walks around the unit. Nothing is checked before the driver taps. */
export function GroupStep({ draft, unit, group, changeThis, next, progress }: UnitStepProps & { group: GroupKey }) {
  const { start, texts, labels } = usePhone();
  const groups = groupsOf(unit);
  const here = groups.find(({ key }) => key === group);
  const parts = here?.parts ?? [];
  const isHere = ({ part }: { part: PartKey }) => parts.includes(part);
  // A defect of a part that is on the checklist no more is asked about at the end.
  const isLast = groups.at(-1)?.key === group;
  const isAsked = ({ part }: { part: PartKey }) => parts.includes(part) || (isLast && !groups.some((one) => one.parts.includes(part)));
  const known = start.defects.filter((defect) => defect.assetId === unit.assetId && defect.state === "open" && isAsked(defect));
  const own = unit.defects.filter(isHere);
  const confirm = async () => {
    await changeThis(({ confirmed }) => ({ confirmed: [...confirmed.filter((key) => key !== group), group] }));
    next();
  };
  const only = parts.length === 1 ? (parts[0] ?? null) : null;
  const open = (defect: Partial<DraftDefect> = {}) =>
    changeThis(() => ({ inHand: { group, id: newId("defect"), part: only, problem: null, severity: null, note: "", photos: [], ...defect } }));
  const save = (defect: DraftDefect) => changeThis(({ defects }) => ({ inHand: null, defects: [...defects.filter(({ id }) => id !== defect.id), defect] }));
  const cancel = async (files: readonly { id: Id<"attachment"> }[]) => {
    const kept = unit.defects.flatMap(filesOf).map(({ id }) => id);
    await changeThis(() => ({ inHand: null }));
    for (const { id } of files) if (!kept.includes(id)) await dropPhoto(id);
  };
  const remove = async (defect: DraftDefect) => {
    await changeThis(({ defects }) => ({ defects: defects.filter(({ id }) => id !== defect.id) }));
    for (const { id } of filesOf(defect)) await dropPhoto(id);
  };
  if (unit.inHand?.group === group)
    return (
      <DefectForm
        submissionId={draft.id}
        group={here ?? { parts }}
        defect={unit.inHand}
        isNew={!own.some(({ id }) => id === unit.inHand?.id)}
        onChange={(by) => changeThis(({ inHand }) => ({ inHand: inHand && { ...inHand, ...by(inHand) } }))}
        onSave={save}
        onCancel={cancel}
      />
    );
  const hasDefect = own.length > 0 || unit.stillThere.some(isHere);
  return (
    <Screen
      title={labels.groups[group]}
      actions={
        <>
          {hasDefect ? (
            <Button kind="primary" wide onClick={next}>
              {texts.next}
            </Button>
          ) : (
            <Button kind="primary" wide onClick={confirm}>
              {texts.allGood}
            </Button>
          )}
          <Button wide onClick={() => open()}>
            {texts.addDefect}
          </Button>
        </>
      }
    >
      {progress}
      <ul className="grid gap-2 text-[1.375rem]">
        {parts.map((part) => (
          <li key={part} className="flex items-center gap-3">
            <StateGlyph tone={own.some((defect) => defect.part === part) ? "red" : "slate"} />
            {partLabel(part, labels)}
          </li>
        ))}
      </ul>
      {own.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {own.map((defect) => (
            <li key={defect.id} className="grid gap-2 py-3">
              <span className="font-semibold">{defectTitle(defect, labels)}</span>
              <span className="text-ink-soft">
                {[labels.severities[defect.severity], defect.photos.length > 0 && `${texts.photos}: ${defect.photos.length}`, defect.video && texts.video]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <span className="flex flex-wrap gap-2">
                <Button icon={PencilLine} onClick={() => open(defect)}>
                  {texts.edit}
                </Button>
                <Button icon={Trash2} onClick={() => remove(defect)}>
                  {texts.remove}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {known.length > 0 && (
        <section className="grid gap-2" aria-label={texts.openDefects}>
          <h2 className="text-lead">{texts.openDefects}</h2>
          <DefectList defects={known}>
            {(defect) => {
              const isNoted = unit.stillThere.some(({ defectId }) => defectId === defect.id);
              return (
                <Button
                  wide
                  aria-pressed={isNoted}
                  onClick={() =>
                    changeThis(({ stillThere }) => ({
                      stillThere: isNoted
                        ? stillThere.filter(({ defectId }) => defectId !== defect.id)
                        : [...stillThere, { defectId: defect.id, part: defect.part }],
                    }))
                  }
                >
                  {isNoted ? texts.stillThereNoted : texts.stillThere}
                </Button>
              );
            }}
          </DefectList>
        </section>
      )}
    </Screen>
  );
}
