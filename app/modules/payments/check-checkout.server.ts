import { later, MINUTE } from "~/kernel/time";
import { type ApplyNeeds, applyPayment } from "./apply-payment.server";
import type { PaymentIntent } from "./payment-intent";
import type { SquareClient } from "./square";

type Needs = Omit<ApplyNeeds, "client"> & { client: Pick<SquareClient, "order" | "payment" | "payments">; locationId: string };

const MOST_PAGES = 3;

/** Asks Square about one checkout, for who came back from it before Square's notice did. */
export async function checkCheckout(s: Needs, { squareOrderId, createdAt }: PaymentIntent): Promise<void> {
  if (squareOrderId === null) return;
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const read: Awaited<ReturnType<SquareClient["payments"]>> = await s.client.payments({
      updatedSince: later(createdAt, -MINUTE),
      cursor,
      locationId: s.locationId,
    });
    if (!read.ok) return;
    for (const payment of read.value.payments) if (payment.orderId === squareOrderId) await applyPayment(s, payment);
    cursor = read.value.cursor;
    if (cursor === null) return;
  }
}
