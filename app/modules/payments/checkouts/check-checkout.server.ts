import { ok } from "~/kernel/result";
import { later, MINUTE } from "~/kernel/time";
import { type ApplyNeeds, applyPayment } from "../apply-payment.server";
import type { SquareClient } from "../square/square";
import { takePages } from "../take-pages.server";
import type { PaymentIntent } from "./payment-intent";

type Needs = Omit<ApplyNeeds, "client"> & { client: Pick<SquareClient, "order" | "payment" | "payments">; locationId: string };

const MOST_PAGES = 3;

/** Asks Square about one checkout, for who came back from it before Square's notice did. */
export async function checkCheckout(s: Needs, { squareOrderId, createdAt }: PaymentIntent): Promise<void> {
  if (squareOrderId === null) return;
  await takePages(
    MOST_PAGES,
    async (cursor) => {
      const read = await s.client.payments({ updatedSince: later(createdAt, -MINUTE), cursor, locationId: s.locationId });
      return read.ok ? ok({ items: read.value.payments, cursor: read.value.cursor }) : read;
    },
    async (payment) => {
      if (payment.orderId === squareOrderId) await applyPayment(s, payment);
    },
  );
}
