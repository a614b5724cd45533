import { type DistanceUnit, formatDistance, formatEngineHours } from "~/kernel/units";
import type { AssetKind } from "./asset";

/** A unit as a document describes it, with its meters at service; kept with the document when it is sent or issued. */
export type UnitFacts = {
  kind: AssetKind;
  vin: string | null;
  plate: string | null;
  year: number | null;
  make: string | null;
  model: string | null;
  /** Meters; null if never read. */
  odometer: number | null;
  /** Seconds; null if never read. */
  engine: number | null;
};

/** "2020 Peterbilt 579" */
export const unitName = ({ year, make, model }: Pick<UnitFacts, "year" | "make" | "model">): string => [year, make, model].filter(Boolean).join(" ");

type Manner = { distanceUnit: DistanceUnit; locale: string };

/** What is known of a unit, with labels. `when` names the reading of its meters: at service, or at none in particular for work to come. */
export function unitFactRows(unit: UnitFacts, { distanceUnit, locale }: Manner, when: "" | " at service"): { term: string; value: string }[] {
  const { kind, vin, plate, odometer, engine } = unit;
  const rows: [term: string, value: string | null][] = [
    ["Year, make, model", unitName(unit) || null],
    [kind === "equipment" ? "Serial number" : "VIN", vin],
    ["License plate", plate],
    [`Odometer${when}`, odometer === null ? null : formatDistance(odometer, distanceUnit, locale)],
    [`Engine hours${when}`, engine === null ? null : formatEngineHours(engine, locale)],
  ];
  return rows.flatMap(([term, value]) => (value === null ? [] : [{ term, value }]));
}
