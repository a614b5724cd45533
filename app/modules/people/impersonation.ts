/** Why staff may not look at a portal as one of its people. */
export type ViewRefusal = { kind: "not-allowed" } | { kind: "plan" } | { kind: "portal-off" };

export const viewRefusalMessages: Record<ViewRefusal["kind"], string> = {
  "not-allowed": "Only owners and managers may look through somebody else's eyes.",
  plan: "The plan does not open this portal, so there is nothing to see.",
  "portal-off": "The portal is off for this person, so there is nothing to see.",
};
