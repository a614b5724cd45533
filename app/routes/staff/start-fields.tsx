import type { AssetKind } from "~/modules/assets/asset";
import { isDistance, metersOf } from "~/modules/assets/meters/meter";
import { meterLabels } from "~/modules/assets/meters/meter-labels";
import { ConfirmDoubts } from "~/ui/confirm-doubts";
import { Field, Select } from "~/ui/field";
import { useFormat } from "~/ui/format";

/** Where a new schedule of a unit counts from: now, due now, or what somebody knows. */
export function StartFields({ kind }: { kind: AssetKind }) {
  const { distanceUnit } = useFormat();
  return (
    <>
      <Select label="Counts from" name="means" id="add-means">
        <option value="now">Today and the current meters</option>
        <option value="due">Nobody knows: due now</option>
        <option value="last-done">When it was last done, below</option>
        <option value="first-due">When it is due first, below</option>
      </Select>
      <Field label="Day" name="day" id="add-day" type="date" hint="Such as the last service, or the day a registration expires" />
      {metersOf[kind].map((meter) => (
        <Field
          key={meter}
          label={meterLabels[meter]}
          name={`meter-${meter}`}
          id={`add-${meter}`}
          unit={isDistance(meter) ? distanceUnit : "h"}
          figures
          hint="The unit's total then; empty: as counted on that day"
        />
      ))}
      <ConfirmDoubts form="add" />
    </>
  );
}
