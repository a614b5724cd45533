import { type Id, parseId } from "~/kernel/ids";

/** A unit's number as it is compared: "T-9", "t 9" and "T9" are one. */
export const plainNumber = (number: string): string => number.trim().toUpperCase().replaceAll(/[\s-]/g, "");

type Unit = { id: Id<"asset">; unitNumber: string };

/** The unit that a code names: by the address on its label, or by its number alone. */
export function unitOfCode<U extends Unit>(code: string, units: readonly U[]): U | null {
  const id = parseId("asset", /\/(ast_[0-9a-z]{26})(?:[/?#]|$)/.exec(code)?.[1]);
  if (id) return units.find((unit) => unit.id === id) ?? null;
  const number = plainNumber(code);
  return number === "" ? null : (units.find((unit) => plainNumber(unit.unitNumber) === number) ?? null);
}
