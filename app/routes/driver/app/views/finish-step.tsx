import { meterOf } from "~/modules/assets/meters/meter";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { StateGlyph } from "~/ui/state-mark";
import { areMetersReadable, checkMeter, isAllLookedAt, MOST_HOURS, metersFrom, secondsFrom } from "../draft";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import type { UnitStepProps } from "./step-props";

/** The end of one unit: its meters, its defects, and that there are no others. */
export function FinishStep({ unit, changeThis, next, progress }: UnitStepProps) {
  const { start, texts, labels, formatMeter } = usePhone();
  const known = start.units.find(({ id }) => id === unit.assetId);
  const { distanceUnit } = start.shop;
  const hasDefects = unit.defects.length + unit.stillThere.length > 0;
  const confirm = async () => {
    await changeThis(() => ({ done: true }));
    next();
  };
  const warning = (text: string, last: number | null, toBase: (value: number) => number, most?: number): string | undefined => {
    const checked = checkMeter(text, last, toBase, most);
    return checked === "unreadable" ? texts.meterUnreadable : checked === "lower" ? texts.meterLower : undefined;
  };
  const last = (meter: "odometer" | "engine") => known?.[meter]?.value ?? null;
  const hint = (meter: "odometer" | "engine") => {
    const value = last(meter);
    return value === null ? undefined : texts.lastReading(formatMeter(meter, value));
  };
  return (
    <Screen
      title={`${labels.unitKinds[unit.kind]} ${unit.unitNumber}`}
      actions={
        <Button
          kind="primary"
          wide
          blocked={unit.inHand ? texts.defectInHand : !isAllLookedAt(unit) ? texts.notYet : !areMetersReadable(unit) ? texts.meterUnreadable : null}
          onClick={confirm}
        >
          {hasDefects ? texts.doneWith(unit.unitNumber) : texts.noDefects}
        </Button>
      }
    >
      {progress}
      {hasDefects && (
        <ul className="grid gap-2">
          {unit.defects.map((defect) => (
            <li key={defect.id} className="flex items-center gap-3">
              <StateGlyph tone={defect.severity === "safety" ? "red" : "amber"} />
              {defectTitle(defect, labels)}
            </li>
          ))}
          {start.defects
            .filter(({ id }) => unit.stillThere.some(({ defectId }) => defectId === id))
            .map((defect) => (
              <li key={defect.id} className="flex items-center gap-3">
                <StateGlyph tone="slate" />
                {defectTitle(defect, labels)} ({texts.stillThere})
              </li>
            ))}
        </ul>
      )}
      {unit.kind !== "trailer" && (
        <section className="grid gap-3" aria-label={texts.meters}>
          <h2 className="text-lead">{texts.meters}</h2>
          {meterOf[unit.kind] === "odometer" && (
            <Field
              label={texts.odometer}
              name="odometer"
              unit={distanceUnit}
              figures
              autoComplete="off"
              value={unit.odometer}
              hint={hint("odometer")}
              error={warning(unit.odometer, last("odometer"), metersFrom(distanceUnit))}
              onChange={(event) => changeThis(() => ({ odometer: event.currentTarget.value }))}
            />
          )}
          <Field
            label={texts.engineHours}
            name="engine"
            unit="h"
            figures
            autoComplete="off"
            value={unit.engineHours}
            hint={hint("engine")}
            error={warning(unit.engineHours, last("engine"), secondsFrom, MOST_HOURS)}
            onChange={(event) => changeThis(() => ({ engineHours: event.currentTarget.value }))}
          />
        </section>
      )}
    </Screen>
  );
}
