import type { Id } from "~/kernel/ids";
import { log } from "~/platform/log.server";
import { type ApplyNeeds, SquareNotReached } from "../apply-payment.server";
import { paymentStore } from "../payment.store.server";
import type { SquareClient } from "../square/square";
import { faultMessage } from "../square/square-connection";
import { applyRefund } from "./apply-refund.server";
import { endRefund } from "./end-refund.server";
import { isGivenUp, isReserved, type RefundRequest } from "./refund-request";
import { refundStore } from "./refund-request.store.server";
import { squareRefundStore } from "./square-refund.store.server";

export type RefundNeeds = ApplyNeeds & { client: Pick<SquareClient, "refund" | "refundById"> };

/**
 * Asks Square for a refund that was reserved, or what became of it. Asked again it is the same refund; throws while
 * Square can't be reached, so that it is asked again.
 */
export async function sendRefund(s: RefundNeeds, id: Id<"refund">): Promise<void> {
  const request = await refundStore(s.db).find(id);
  if (!request || !isReserved(request)) return;
  const payment = await paymentStore(s.db).payment(request.paymentId);
  if (payment && payment.merchantId !== s.merchant.id) {
    await endRefund(s, request, formerAccount(payment.merchantName), "unknown");
    return;
  }
  const squareId = request.squareId ?? (await ask(s, request));
  if (squareId === null) return;
  // The answer to a repeated request is the first one's: it is read anew.
  const read = await s.client.refundById(squareId);
  if (!read.ok) throw new SquareNotReached(`refund ${squareId}: ${read.error.kind}`);
  if (read.value) await applyRefund(s, read.value);
}

/** Another account can't be asked about it, and may have paid it out all the same. */
const formerAccount = (name: string): string =>
  `It was asked of the Square account ${name}, which isn't connected any more. Look in that account's dashboard, or connect that account again and choose "Check Square now".`;

async function ask(s: RefundNeeds, { id, paymentId, amount, currency, why, ...request }: RefundRequest): Promise<string | null> {
  const asked = { id, paymentId, amount, currency, why, ...request };
  const now = s.clock.now();
  if (isGivenUp(request, now)) {
    const unclaimed = await squareRefundStore(s.db).unclaimed(paymentId, amount);
    if (unclaimed !== null) {
      await paymentStore(s.db).write([refundStore(s.db).takenRow(id, unclaimed)], [], now);
      return unclaimed;
    }
    await endRefund(s, asked, "Square did not answer for a day. Look in its dashboard before asking again.", "unknown");
    return null;
  }
  const made = await s.client.refund({ idempotencyKey: id, paymentId, amount, currency, reason: why });
  if (!made.ok) {
    log.warn("square.refund-not-made", { refund: id, fault: made.error.kind });
    if (made.error.kind !== "squareRefused") throw new SquareNotReached(`refund ${id}: ${made.error.kind}`);
    await endRefund(s, asked, `${faultMessage(made.error)} ${made.error.detail}`.trim());
    return null;
  }
  await paymentStore(s.db).write([refundStore(s.db).takenRow(id, made.value.id)], [], now);
  return made.value.id;
}

/** Asks about every refund that is still under way; how many could not be asked about. */
export async function sendRefunds(s: RefundNeeds): Promise<number> {
  let failed = 0;
  for (const { id } of await refundStore(s.db).reserved())
    await sendRefund(s, id).catch((cause) => {
      failed += 1;
      log.error("square.refund-not-asked", cause, { refund: id });
    });
  return failed;
}
