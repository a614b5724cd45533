import { type Plan, planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import { type Email, parseEmail } from "~/modules/people/email";

export type PortalRefusal = { kind: "plan" } | { kind: "archived" } | { kind: "own-fleet" } | { kind: "no-email" };

type PortalEligibility = { plan: Plan; archived: boolean; isSelf: boolean; email: string | null; contacts: number };

/**
 * Whether a customer's portal can be switched on. It needs somebody to sign in: a contact, or the customer's
 * own address, which then becomes the first contact. Answers that address where it is needed.
 */
export function decideSwitchOn(eligibility: PortalEligibility): Result<{ firstContact: Email | null }, PortalRefusal> {
  if (!planIncludesPortal(eligibility.plan, "customer")) return err({ kind: "plan" });
  if (eligibility.archived) return err({ kind: "archived" });
  if (eligibility.isSelf) return err({ kind: "own-fleet" });
  if (eligibility.contacts > 0) return ok({ firstContact: null });
  const email = parseEmail(eligibility.email ?? "");
  return email ? ok({ firstContact: email }) : err({ kind: "no-email" });
}

export const portalRefusalMessages: Record<PortalRefusal["kind"], string> = {
  plan: "The customer portal is part of the Pro plan.",
  archived: "An archived customer has no portal.",
  "own-fleet": "This is the shop's own fleet; your own people see it here.",
  "no-email": "The portal needs a valid email address: it is the sign-in. Add a contact first.",
};
