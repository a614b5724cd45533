import { err, ok, type Result } from "~/kernel/result";

declare const vin: unique symbol;
/** A vehicle identification number of 17 capital characters with a valid check digit. */
export type Vin = string & { readonly [vin]: true };
export type VinRefusal = { kind: "length" | "characters" | "check-digit"; message: string };

/** 49 CFR 565.15 and ISO 3779: letters count as these digits; I, O and Q are never used. */
const LETTER_VALUES: Readonly<Record<string, number>> = {
  ...{ A: 1, B: 2, C: 3, D: 4, E: 5, F: 6, G: 7, H: 8 },
  ...{ J: 1, K: 2, L: 3, M: 4, N: 5, P: 7, R: 9 },
  ...{ S: 2, T: 3, U: 4, V: 5, W: 6, X: 7, Y: 8, Z: 9 },
};
/** The weight of each position; the check digit's own is zero. */
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const CHECK_AT = 8;
const YEAR_AT = 9;
/** Model years 1980 to 2009; after that the thirty characters repeat. */
const YEAR_CODES = "ABCDEFGHJKLMNPRSTVWXY123456789";

/** Reads a typed VIN, ignoring case, spaces and hyphens. */
export function checkVin(text: string): Result<Vin, VinRefusal> {
  const typed = text.replace(/[\s-]/g, "").toUpperCase();
  if (typed.length !== 17) return err({ kind: "length", message: `A VIN has 17 characters; this one has ${typed.length}.` });
  const strange = /[^A-HJ-NPR-Z0-9]/u.exec(typed)?.[0];
  if (strange) return err({ kind: "characters", message: `A VIN never contains "${strange}"${lookAlike[strange] ?? ""}.` });
  const expected = checkDigit(typed);
  if (typed[CHECK_AT] === expected) return ok(typed as Vin); // as: the brand is made here, after all three checks
  return err({
    kind: "check-digit",
    message: `The check digit doesn't match: character 9 should be "${expected}". Check for a typo.`,
  });
}

const lookAlike: Readonly<Record<string, string>> = {
  I: "; did you mean 1?",
  O: "; did you mean 0?",
  Q: "; did you mean 0 or 9?",
};

function checkDigit(vin17: string): string {
  const sum = [...vin17].reduce((total, character, at) => {
    const value = LETTER_VALUES[character] ?? Number(character);
    return total + value * (WEIGHTS[at] ?? 0);
  }, 0);
  return sum % 11 === 10 ? "X" : String(sum % 11);
}

/** Makes 17 well-formed characters a valid VIN by setting character 9; throws on others. */
export function withCheckDigit(vin17: string): Vin {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(vin17)) throw new RangeError(`not 17 VIN characters: ${vin17}`);
  return `${vin17.slice(0, CHECK_AT)}${checkDigit(vin17)}${vin17.slice(CHECK_AT + 1)}` as Vin; // as: valid by construction
}

/**
 * The model year: the latest possible for the code, up to the year after `thisYear`. Heavy vehicles don't mark the
 * thirty-year cycle elsewhere in the VIN, so a vehicle over thirty years old gets a year that is too late.
 */
export function vinYear(of: Vin, thisYear: number): number | null {
  const code = YEAR_CODES.indexOf(of.charAt(YEAR_AT));
  if (code < 0) return null;
  const cycles = Math.floor((thisYear + 1 - (1980 + code)) / 30);
  return cycles < 0 ? null : 1980 + code + 30 * cycles;
}
