import { err, ok, type Result } from "~/kernel/result";
import { type Email, parseEmail } from "~/modules/people/email";

export type DriverForm = { name: string; phone: string; email: string; code: string; portalEnabled: boolean };
export type DriverFacts = { name: string; phone: string | null; email: Email | null; code: string; portalEnabled: boolean };
export type DriverRefusal = { kind: "not-an-email" } | { kind: "not-a-code" };

export const PIN_DIGITS = 6;

/** A typed driver code; null if it can't be one. Spaces between digits are ignored. */
export function parseCode(text: string): string | null {
  const digits = text.replaceAll(/\s/g, "");
  return /^\d{4,8}$/.test(digits) ? digits : null;
}

export function parsePin(text: string): string | null {
  const digits = text.replaceAll(/\s/g, "");
  return digits.length === PIN_DIGITS && /^\d+$/.test(digits) ? digits : null;
}

/** Reads a driver's form, or returns the refusal. */
export function checkDriver(form: DriverForm): Result<DriverFacts, DriverRefusal> {
  const email = form.email.trim() === "" ? null : parseEmail(form.email);
  if (form.email.trim() !== "" && email === null) return err({ kind: "not-an-email" });
  const code = parseCode(form.code);
  if (code === null) return err({ kind: "not-a-code" });
  return ok({ name: form.name.trim(), phone: form.phone.trim() || null, email, code, portalEnabled: form.portalEnabled });
}

/** Whether the driver can sign in at all; by email only with an address. */
export const mayComeIn = (driver: { portalEnabled: boolean; archivedAt: number | null }): boolean => driver.portalEnabled && driver.archivedAt === null;
