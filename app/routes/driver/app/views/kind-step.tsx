import type { FormEvent } from "react";
import { MAX_UNITS } from "~/modules/inspections/filing/limits";
import { inspectionKinds } from "~/modules/inspections/inspection";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { UnitPlate } from "~/ui/unit-plate";
import { draftUnit, withUnits } from "../draft";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import type { StepProps } from "./step-props";

const FORM = "add-trailer";

/** Which inspection, and of which combination: one signature for the tractor and its trailers. */
export function KindStep({ draft, change, next, progress }: StepProps) {
  const { texts, labels, start } = usePhone();
  const typed = draft.trailer ?? null;
  const type = (trailer: string | null) => change((whole) => ({ ...whole, trailer }));
  const trailers = start.units.filter(({ id, kind }) => kind === "trailer" && !draft.units.some(({ assetId }) => assetId === id));
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const number = (typed ?? "").trim();
    if (number === "") return;
    const known = trailers.find(({ unitNumber }) => unitNumber.toUpperCase() === number.toUpperCase());
    const facts = known ?? { id: null, unitNumber: number.slice(0, 40), kind: "trailer" as const };
    const unit = draftUnit(facts, { now: Date.now(), distanceUnit: start.shop.distanceUnit, checklists: start.checklists });
    await change((whole) => withUnits({ ...whole, trailer: null }, [...whole.units, unit]));
  };
  return (
    <Screen
      title={texts.whichInspection}
      actions={
        typed === null ? (
          inspectionKinds.map((kind) => (
            <Button
              key={kind}
              kind={draft.kind === kind || (draft.kind === null && kind !== "during-trip") ? "primary" : "quiet"}
              wide
              aria-pressed={draft.kind === kind}
              onClick={async () => {
                await change((whole) => ({ ...whole, kind }));
                next();
              }}
            >
              {labels.kinds[kind]}
            </Button>
          ))
        ) : (
          <>
            <Button type="submit" form={FORM} kind="primary" wide>
              {texts.addTrailer}
            </Button>
            <Button wide onClick={() => type(null)}>
              {texts.cancel}
            </Button>
          </>
        )
      }
    >
      {progress}
      <section className="grid gap-2" aria-label={texts.unitsOfIt}>
        <h2 className="text-lead">{texts.unitsOfIt}</h2>
        <ul className="divide-y divide-line border-y border-line">
          {draft.units.map((unit, index) => (
            <li key={unit.id} className="flex min-h-(--target) items-center justify-between gap-4 py-2">
              <UnitPlate number={unit.unitNumber} size="large" />
              {index > 0 && (
                <Button
                  onClick={() =>
                    change((whole) =>
                      withUnits(
                        whole,
                        whole.units.filter(({ id }) => id !== unit.id),
                      ),
                    )
                  }
                >
                  {texts.remove}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {draft.units.length < MAX_UNITS &&
          (typed !== null ? (
            <form id={FORM} onSubmit={add} className="grid gap-2">
              <Field
                label={texts.unitNumber}
                name="trailer"
                list="trailers"
                autoComplete="off"
                autoCapitalize="characters"
                maxLength={40}
                autoFocus
                value={typed}
                onChange={(event) => type(event.currentTarget.value)}
              />
              <datalist id="trailers">
                {trailers.map(({ id, unitNumber }) => (
                  <option key={id} value={unitNumber} />
                ))}
              </datalist>
            </form>
          ) : (
            <Button wide onClick={() => type("")}>
              {texts.addTrailer}
            </Button>
          ))}
      </section>
    </Screen>
  );
}
