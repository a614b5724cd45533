import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { checkVin, vinYear } from "./vin";
import { makerOf } from "./wmi";

export const assetKinds = ["truck", "trailer", "equipment"] as const;
export type AssetKind = (typeof assetKinds)[number];
export const kindLabels: Record<AssetKind, string> = { truck: "Truck", trailer: "Trailer", equipment: "Equipment" };

/** A unit's form as typed. */
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
 * Reads a unit's form. The VIN of a truck or trailer must have a valid check digit; it fills in an empty model year and
 * make. Equipment can have any serial number.
 */
export function checkAsset(form: AssetForm, thisYear: number): Result<AssetFacts, Record<string, string>> {
  const fields: Record<string, string> = {};
  const short = (name: keyof AssetForm & ("unitNumber" | "plate" | "make" | "model"), most: number): string => {
    const value = form[name].trim();
    if (value.length > most) fields[name] = `Use at most ${most} characters.`;
    return value;
  };
  const unitNumber = short("unitNumber", 20);
  if (unitNumber === "") fields.unitNumber = "Enter the unit number.";
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
  } else if (vin !== null && vin.length > 30) fields.vin = "Use at most 30 characters for the serial number.";
  const typedYear = form.year.trim();
  if (typedYear !== "") {
    year = /^\d{4}$/.test(typedYear) ? Number(typedYear) : null;
    if (year === null || year < FIRST_YEAR || year > thisYear + 2) fields.year = `Enter a year between ${FIRST_YEAR} and ${thisYear + 2}.`;
  }
  if (Object.keys(fields).length > 0) return err(fields);
  return ok({ unitNumber, kind: form.kind, vin, plate: plate.toUpperCase() || null, year, make, model: model || null, sharesPosition: form.shares });
}

/** The VIN's model year if it differs from the recorded one, else null. */
export function yearDiffers(asset: Pick<AssetFacts, "kind" | "vin" | "year">, thisYear: number): number | null {
  if (asset.vin === null || asset.kind === "equipment" || asset.year === null) return null;
  const checked = checkVin(asset.vin);
  const vinModelYear = checked.ok ? vinYear(checked.value, thisYear) : null;
  return vinModelYear !== null && vinModelYear !== asset.year ? vinModelYear : null;
}

export const nameOfAsset = ({ year, make, model }: { year: number | null; make: string | null; model: string | null }): string =>
  [year, make, model].filter(Boolean).join(" ") || "No make on file";

/** An ownership period; `to` is null for the current one. */
export type Ownership = { customerId: string; from: UtcMs; to: UtcMs | null };

/** Whether a unit can be transferred from an instant on: not before its current owner got it. */
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
