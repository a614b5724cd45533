import { type Cents, parseMoney } from "~/kernel/money";
import { type Plan, planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import { startOfNamedDay } from "~/kernel/time";
import { type Email, parseEmail } from "~/modules/people/email";

/** What is agreed with a vendor, each as it was typed; empty where nothing is. */
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
  plan: "The vendor portal is part of the Pro+ plan. The vendor itself can be kept without it.",
  "not-an-email": "That is not an email address.",
  "needs-email": "The portal needs an email address: it is the sign-in.",
  "not-an-amount": "Type an amount, such as 1,500.00, or leave it empty.",
  "not-a-day": "Give a day.",
};

/** Whether a vendor is kept as a form says. */
export const isAs = (kept: Record<keyof VendorFacts, string | boolean | number | null>, facts: VendorFacts): boolean =>
  (Object.keys(facts) as (keyof VendorFacts)[]).every((name) => kept[name] === facts[name]); // its own keys

/** What a vendor's form says, or why it cannot be kept. Portal access needs the plan and an address. */
export function checkVendor(form: VendorForm, plan: Plan, wasEnabled: boolean): Result<VendorFacts, VendorRefusal> {
  const email = form.email.trim() === "" ? null : parseEmail(form.email);
  if (form.email.trim() !== "" && email === null) return err({ kind: "not-an-email" });
  if (form.portalEnabled && email === null) return err({ kind: "needs-email" });
  // A shop that left the plan keeps what it has, and may switch it off; only switching on needs the plan.
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
    ...(amounts as Record<keyof typeof amounts, Cents | null>), // none of them is wrong, as was found above
    insuredThrough,
    notes: form.notes.trim() || null,
  });
}

function amountIn(text: string): Cents | null | "wrong" {
  if (text.trim() === "") return null;
  const amount = parseMoney(text);
  return amount !== null && amount > 0 ? amount : "wrong";
}
