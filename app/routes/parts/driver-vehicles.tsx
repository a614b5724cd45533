import type { UtcMs } from "~/kernel/time";
import { Button } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";

type Unit = { assetId: string; unitNumber: string; year: number | null; make: string | null; model: string | null };
type Props = {
  driver: { name: string };
  vehicles: readonly (Unit & { from: UtcMs; to: UtcMs | null })[];
  /** What can be assigned. */
  units: readonly Unit[];
  mayManage: boolean;
};
/** The actions of the pages that show it, as far as these forms know them. */
type Action = { commands: { "assign-unit": unknown; "end-assignment": unknown } };

/** A driver's vehicles with their dates, and the forms to assign one and to end that. */
export function DriverVehicles({ driver, vehicles, units, mayManage }: Props) {
  const { now, today } = useFormat();
  return (
    <Section title="Vehicles" count={vehicles.length}>
      {vehicles.length === 0 ? (
        <Empty title="No vehicles yet" body={`Units assigned to ${driver.name} show up here, with dates, and on the driver's phone.`} />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {vehicles.map(({ assetId, unitNumber, year, make, model, from, to }) => (
            <li key={`${assetId} ${from}`} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5">
              <span className="min-w-17">
                <UnitPlate number={unitNumber} />
              </span>
              <span className="min-w-0 flex-1 basis-40">
                {[year, make, model].filter(Boolean).join(" ")}
                <span className="block text-small text-ink-soft">
                  from <Moment at={from} />
                  {to !== null && (
                    <>
                      {" "}
                      until <Moment at={to} />
                    </>
                  )}
                </span>
              </span>
              {mayManage && (to === null || to > now) && (
                <CommandForm<Action> intent="end-assignment" row={{ unit: assetId, from: String(from) }}>
                  <Button type="submit" aria-label={`End assignment of unit ${unitNumber}`}>
                    End
                  </Button>
                </CommandForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayManage && (
        <CommandForm<Action> intent="assign-unit" className="grid max-w-150 gap-3 sm:grid-cols-[1fr_1fr_1fr_auto] sm:items-end">
          <Select label="Unit" name="unit" defaultValue="" required>
            <option value="">Choose a unit</option>
            {units.map(({ assetId, unitNumber, make, model }) => (
              <option key={assetId} value={assetId}>
                {[unitNumber, make, model].filter(Boolean).join(" ")}
              </option>
            ))}
          </Select>
          <Field label="First day" name="first" type="date" defaultValue={today} required />
          <Field label="Last day" name="last" type="date" />
          <SubmitButton kind="quiet" pendingLabel="Assigning">
            Assign unit
          </SubmitButton>
        </CommandForm>
      )}
    </Section>
  );
}
