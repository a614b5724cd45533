import { type Plan, planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import { type Email, parseEmail } from "~/modules/people/email";

export type PortalRefusal = { kind: "plan" } | { kind: "archived" } | { kind: "own-fleet" } | { kind: "no-email" };

type PortalEligibility = { plan: Plan; archived: boolean; isSelf: boolean; email: string | null; contacts: number };

/**
 * Whether a customer's portal can be turned on. It needs a contact, or the customer's own address, which then becomes
 * the first contact. Returns that address if it is needed.
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
  archived: "This customer is archived. Archived customers can't have a portal.",
  "own-fleet": "This is your shop's own fleet. Your staff see it here, so it doesn't need a portal.",
  "no-email": "Add a contact with a valid email address first. It's their sign-in.",
};
