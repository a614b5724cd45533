/** Why staff can't view a portal as one of its people. */
export type ViewRefusal = { kind: "not-allowed" } | { kind: "plan" } | { kind: "portal-off" };

export const viewRefusalMessages: Record<ViewRefusal["kind"], string> = {
  "not-allowed": "Only owners and managers can view a portal as someone else.",
  plan: "Your plan doesn't include this portal.",
  "portal-off": "Portal access is off for this person, so there's nothing to view.",
};
