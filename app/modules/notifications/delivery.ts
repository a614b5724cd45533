import type { UtcMs } from "~/kernel/time";

/**
 * What became of a mail, from the least to the most final. Reports of one mail may come in any order and more than
 * once; the furthest counts. `held` is our own: it was never handed over, because its address fails.
 */
export const deliveryStates = ["sent", "delayed", "delivered", "failed", "suppressed", "bounced", "complained", "held"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why a mail bounced. Only `refused-for-good` makes the address unusable. */
export const bounceReasons = ["refused-for-good", "mailbox-full", "too-large", "content", "for-now"] as const;
export type BounceReason = (typeof bounceReasons)[number];

export type Delivery = { state: DeliveryState; reason: BounceReason | null; detail: string | null; at: UtcMs };

/** States in which the recipient doesn't have the mail, or doesn't want it. */
export const troubles = ["failed", "suppressed", "bounced", "complained", "held"] as const satisfies DeliveryState[];
export const isTrouble = (state: DeliveryState): boolean => (troubles as readonly DeliveryState[]).includes(state);

export const rankOf = (state: DeliveryState): number => deliveryStates.indexOf(state);

/** The one of two reports of a mail that counts: the further state; of the same state the one that gives a reason, then the earlier. */
export function further<D extends Delivery>(known: D, next: D): D {
  const ahead = rankOf(next.state) - rankOf(known.state) || Number(isExplained(next)) - Number(isExplained(known));
  return ahead > 0 || (ahead === 0 && next.at < known.at) ? next : known;
}
const isExplained = ({ reason, detail }: Delivery): boolean => reason !== null || detail !== null;

/** What is known of an address: the newest time of each kind of report. */
export type AddressHealth = { bouncedAt: UtcMs | null; complainedAt: UtcMs | null; deliveredAt: UtcMs | null };
export type AddressFault = "bounced" | "complained";

/** Why an address gets no mail, except for signing in; null if it does. A later delivery ends a bounce, but never a complaint. */
export function faultOf({ bouncedAt, complainedAt, deliveredAt }: AddressHealth): AddressFault | null {
  if (complainedAt !== null) return "complained";
  return (bouncedAt ?? 0) > (deliveredAt ?? 0) ? "bounced" : null;
}

/** Which of an address's times a report moves; null if it isn't about the address. */
export function healthField({ state, reason }: Pick<Delivery, "state" | "reason">): "bouncedAt" | "complainedAt" | "deliveredAt" | null {
  if (state === "complained") return "complainedAt";
  if (state === "delivered") return "deliveredAt";
  return state === "suppressed" || (state === "bounced" && reason === "refused-for-good") ? "bouncedAt" : null;
}

const bounced: Record<BounceReason, string> = {
  "refused-for-good": "the address doesn't exist or takes no mail",
  "mailbox-full": "the mailbox is full",
  "too-large": "the mail is too large",
  content: "the content was refused",
  "for-now": "not accepted for now",
};

/** "Bounced: the mailbox is full" */
export function describeDelivery({ state, reason, detail }: Pick<Delivery, "state" | "reason" | "detail">): string {
  if (state === "bounced") return reason ? `Bounced: ${bounced[reason]}` : "Bounced";
  if (state === "failed") return detail ? `Failed: ${detail}` : "Failed";
  return labels[state];
}

const labels: Record<Exclude<DeliveryState, "bounced" | "failed">, string> = {
  sent: "Sent",
  delayed: "Delayed: the recipient's server isn't accepting it yet",
  delivered: "Delivered",
  suppressed: "Not sent: the mail provider blocks this address after a bounce or complaint",
  complained: "Marked as spam by the recipient",
  held: "Not sent: earlier mail to this address failed",
};
