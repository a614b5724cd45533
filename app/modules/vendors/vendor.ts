import { opensFace, type Plan } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import { type Email, parseEmail } from "~/modules/people/email";

export type VendorForm = { name: string; phone: string; email: string; portalEnabled: boolean };
export type VendorFacts = { name: string; phone: string | null; email: Email | null; portalEnabled: boolean };
export type VendorRefusal = { kind: "plan" } | { kind: "not-an-email" } | { kind: "needs-email" };

export const vendorRefusalWords: Record<VendorRefusal["kind"], string> = {
  plan: "The vendor portal is part of the Pro+ plan. The vendor itself can be kept without it.",
  "not-an-email": "That is not an email address.",
  "needs-email": "The portal needs an email address: it is the sign-in.",
};

/** Whether a vendor is kept as a form says. */
export const isAs = (kept: Record<keyof VendorFacts, string | boolean | null>, facts: VendorFacts): boolean =>
  kept.name === facts.name && kept.phone === facts.phone && kept.email === facts.email && kept.portalEnabled === facts.portalEnabled;

/** What a vendor's form says, or why it cannot be kept. Portal access needs the plan and an address. */
export function checkVendor(form: VendorForm, plan: Plan, wasEnabled: boolean): Result<VendorFacts, VendorRefusal> {
  const email = form.email.trim() === "" ? null : parseEmail(form.email);
  if (form.email.trim() !== "" && email === null) return err({ kind: "not-an-email" });
  if (form.portalEnabled && email === null) return err({ kind: "needs-email" });
  // A shop that left the plan keeps what it has, and may switch it off; only switching on needs the plan.
  if (form.portalEnabled && !wasEnabled && !opensFace(plan, "vendor")) return err({ kind: "plan" });
  return ok({ name: form.name.trim(), phone: form.phone.trim() || null, email, portalEnabled: form.portalEnabled });
}
