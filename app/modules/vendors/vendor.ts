import { type Cents, parseMoney } from "~/kernel/money";
import { type Plan, planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import { startOfNamedDay } from "~/kernel/time";
import { type Email, parseEmail } from "~/modules/people/email";

/** Terms agreed with a vendor, as typed; empty if not agreed. */
export const termFields = ["laborRate", "usualLimit", "monthlyBudget", "insuredThrough", "notes"] as const;
export type TermsForm = Record<(typeof termFields)[number], string>;
export const noTerms: TermsForm = { laborRate: "", usualLimit: "", monthlyBudget: "", insuredThrough: "", notes: "" };

export type VendorForm = { name: string; phone: string; email: string; portalEnabled: boolean } & TermsForm;
export type VendorFacts = {
  name: string;
  phone: string | null;
  email: Email | null;
  portalEnabled: boolean;
  laborRate: Cents | null;
  usualLimit: Cents | null;
  monthlyBudget: Cents | null;
  insuredThrough: string | null;
  notes: string | null;
};
export type VendorRefusal =
  | { kind: "plan" }
  | { kind: "not-an-email" }
  | { kind: "needs-email" }
  | { kind: "not-an-amount"; field: (typeof termFields)[number] }
  | { kind: "not-a-day" };

export const vendorRefusalMessages: Record<VendorRefusal["kind"], string> = {
  plan: "The vendor portal is part of the Pro+ plan. You can save the vendor without portal access.",
  "not-an-email": "Enter a valid email address.",
  "needs-email": "Enter an email address. The vendor signs in to the portal with it.",
  "not-an-amount": "Enter an amount such as 1,500.00, or leave it empty.",
  "not-a-day": "Give a day.",
};

/** Whether the stored vendor equals the form. */
export const isAs = (kept: Record<keyof VendorFacts, string | boolean | number | null>, facts: VendorFacts): boolean =>
  (Object.keys(facts) as (keyof VendorFacts)[]).every((name) => kept[name] === facts[name]); // its own keys

/** Reads a vendor's form, or returns the refusal. Portal access needs the plan and an address. */
export function checkVendor(form: VendorForm, plan: Plan, wasEnabled: boolean): Result<VendorFacts, VendorRefusal> {
  const email = form.email.trim() === "" ? null : parseEmail(form.email);
  if (form.email.trim() !== "" && email === null) return err({ kind: "not-an-email" });
  if (form.portalEnabled && email === null) return err({ kind: "needs-email" });
  // After leaving the plan a shop keeps existing portals; only turning one on needs the plan.
  if (form.portalEnabled && !wasEnabled && !planIncludesPortal(plan, "vendor")) return err({ kind: "plan" });
  const amounts = { laborRate: amountIn(form.laborRate), usualLimit: amountIn(form.usualLimit), monthlyBudget: amountIn(form.monthlyBudget) };
  for (const field of ["laborRate", "usualLimit", "monthlyBudget"] as const) if (amounts[field] === "wrong") return err({ kind: "not-an-amount", field });
  const insuredThrough = form.insuredThrough.trim() || null;
  if (insuredThrough !== null && startOfNamedDay(insuredThrough, "UTC") === null) return err({ kind: "not-a-day" });
  return ok({
    name: form.name.trim(),
    phone: form.phone.trim() || null,
    email,
    portalEnabled: form.portalEnabled,
    ...(amounts as Record<keyof typeof amounts, Cents | null>), // errors were checked above
    insuredThrough,
    notes: form.notes.trim() || null,
  });
}

function amountIn(text: string): Cents | null | "wrong" {
  if (text.trim() === "") return null;
  const amount = parseMoney(text);
  return amount !== null && amount > 0 ? amount : "wrong";
}
