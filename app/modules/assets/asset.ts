import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { checkVin, vinYear } from "./vin";
import { makerOf } from "./wmi";

export const assetKinds = ["truck", "trailer", "equipment"] as const;
export type AssetKind = (typeof assetKinds)[number];
export const kindLabels: Record<AssetKind, string> = { truck: "Truck", trailer: "Trailer", equipment: "Equipment" };

/** What a form says about a unit, as it was typed. */
export type AssetForm = { unitNumber: string; kind: AssetKind; vin: string; plate: string; year: string; make: string; model: string; shares: boolean };
export type AssetFacts = {
  unitNumber: string;
  kind: AssetKind;
  vin: string | null;
  plate: string | null;
  year: number | null;
  make: string | null;
  model: string | null;
  sharesPosition: boolean;
};

const FIRST_YEAR = 1900;

/**
 * Reads a unit's form. A truck's or trailer's VIN must be right to its check digit; from it come the model year and the
 * make where nobody typed them. Equipment has serial numbers of its makers' own kinds.
 */
export function checkAsset(form: AssetForm, thisYear: number): Result<AssetFacts, Record<string, string>> {
  const fields: Record<string, string> = {};
  const short = (name: keyof AssetForm & ("unitNumber" | "plate" | "make" | "model"), most: number): string => {
    const value = form[name].trim();
    if (value.length > most) fields[name] = `Keep it under ${most} signs.`;
    return value;
  };
  const unitNumber = short("unitNumber", 20);
  if (unitNumber === "") fields.unitNumber = "Type the unit number, as it stands on the door.";
  const [plate, typedMake, model] = [short("plate", 15), short("make", 40), short("model", 60)];
  let vin: string | null = form.vin.trim().toUpperCase() || null;
  let [make, year] = [typedMake || null, null as number | null];
  if (vin !== null && form.kind !== "equipment") {
    const checked = checkVin(vin);
    if (checked.ok) {
      vin = checked.value;
      year = vinYear(checked.value, thisYear);
      make ??= makerOf(checked.value);
    } else fields.vin = checked.error.message;
  } else if (vin !== null && vin.length > 30) fields.vin = "Keep the serial number under 30 signs.";
  const typedYear = form.year.trim();
  if (typedYear !== "") {
    year = /^\d{4}$/.test(typedYear) ? Number(typedYear) : null;
    if (year === null || year < FIRST_YEAR || year > thisYear + 2) fields.year = `A year is between ${FIRST_YEAR} and ${thisYear + 2}.`;
  }
  if (Object.keys(fields).length > 0) return err(fields);
  return ok({ unitNumber, kind: form.kind, vin, plate: plate.toUpperCase() || null, year, make, model: model || null, sharesPosition: form.shares });
}

/** The year that a unit's VIN tells, where it tells another than what is written down. */
export function yearDiffers(asset: Pick<AssetFacts, "kind" | "vin" | "year">, thisYear: number): number | null {
  if (asset.vin === null || asset.kind === "equipment" || asset.year === null) return null;
  const checked = checkVin(asset.vin);
  const vinModelYear = checked.ok ? vinYear(checked.value, thisYear) : null;
  return vinModelYear !== null && vinModelYear !== asset.year ? vinModelYear : null;
}

export const nameOfAsset = ({ year, make, model }: { year: number | null; make: string | null; model: string | null }): string =>
  [year, make, model].filter(Boolean).join(" ") || "No make written down";

/** A time of ownership; `to` null lasts. */
export type Ownership = { customerId: string; from: UtcMs; to: UtcMs | null };

/** Whether a unit may pass to another owner from an instant on: not before the one that it has now. */
export function decideHandOver(
  current: Ownership,
  to: string,
  from: UtcMs,
  now: UtcMs,
): Result<null, { kind: "same-owner" } | { kind: "too-early" } | { kind: "in-future" }> {
  if (current.customerId === to) return err({ kind: "same-owner" });
  if (from <= current.from) return err({ kind: "too-early" });
  return from > now ? err({ kind: "in-future" }) : ok(null);
}
