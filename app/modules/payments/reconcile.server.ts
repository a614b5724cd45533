import { ok } from "~/kernel/result";
import { DAY, HOUR, later, toUtcMs, type UtcMs } from "~/kernel/time";
import { log } from "~/platform/log.server";
import { applyPayment, SquareNotReached } from "./apply-payment.server";
import { applyDispute } from "./disputes/apply-dispute.server";
import { paymentStore } from "./payment.store.server";
import { applyRefund } from "./refunds/apply-refund.server";
import { type RefundNeeds, sendRefunds } from "./refunds/send-refund.server";
import type { SquareClient, SquareFault } from "./square/square";
import { takePages } from "./take-pages.server";

type Needs = RefundNeeds & { client: Pick<SquareClient, "payment" | "payments" | "refunds" | "disputes">; locationId: string };
export type Reconciled = {
  payments: number;
  refunds: number;
  disputes: number;
  /** What no notice had reported. */
  found: number;
  /** What could not be read, and is tried again at the next time. */
  unread: number;
  fault: SquareFault | null;
  /** Since when the next time asks, where Square has more than one time takes; null where all was read. */
  goesOnSince: UtcMs | null;
};

/** Looked at again before the last time, for what Square shows late. */
const OVERLAP = HOUR;
/** Of one kind, 100 on each: what more there is waits for the next time, so that one pass stays within what a Worker may ask of its database. */
const MOST_PAGES = 20;
/** How far back Square is asked at most, after it could not be asked for long. */
export const LONGEST_GAP = 28 * DAY;

/** Reads what Square changed since `since` and brings it to the accounts: it catches what no notice reported. What fails does not keep the others. */
export async function reconcile(s: Needs, since: UtcMs, mostPages = MOST_PAGES): Promise<Reconciled> {
  const updatedSince = later(since, -OVERLAP);
  const result: Reconciled = { payments: 0, refunds: 0, disputes: 0, found: 0, unread: 0, fault: null, goesOnSince: null };
  // Square lists from the oldest change on: what is after the last one read is left for the next time.
  const goOnAfter = (last: UtcMs) => {
    const next = later(last, OVERLAP);
    result.goesOnSince = toUtcMs(Math.min(next, result.goesOnSince ?? next));
  };
  const count = (applied: string) => (applied === "applied" || applied === "waiting" || applied === "failed" || applied === "unclear" ? 1 : 0);
  const take = async (kind: string, id: string, apply: () => Promise<string>) => {
    try {
      result.found += count(await apply());
    } catch (cause) {
      result.unread += 1;
      log.error("square.not-read", cause, { kind, id });
    }
  };
  let last = updatedSince;
  const ofPayments = await takePages(
    mostPages,
    async (cursor) => {
      const read = await s.client.payments({ updatedSince, cursor, locationId: s.locationId });
      return read.ok ? ok({ items: read.value.payments, cursor: read.value.cursor }) : read;
    },
    async (payment) => {
      result.payments += 1;
      last = payment.updatedAt;
      await take("payment", payment.id, () => applyPayment(s, payment));
    },
  );
  if (ofPayments.fault) return { ...result, fault: ofPayments.fault };
  if (!ofPayments.isWhole) goOnAfter(last);
  // Money that is on its way is asked about by itself, however long it takes.
  for (const id of await paymentStore(s.db).waiting(s.merchant.id))
    await take("payment", id, async () => {
      const read = await s.client.payment(id);
      if (!read.ok) throw new SquareNotReached(`payment ${id}: ${read.error.kind}`);
      return read.value ? applyPayment(s, read.value) : "known";
    });
  last = updatedSince;
  const ofRefunds = await takePages(
    mostPages,
    async (cursor) => {
      const read = await s.client.refunds({ updatedSince, cursor });
      return read.ok ? ok({ items: read.value.refunds, cursor: read.value.cursor }) : read;
    },
    async (refund) => {
      result.refunds += 1;
      last = refund.updatedAt;
      await take("refund", refund.id, () => applyRefund(s, refund));
    },
  );
  if (ofRefunds.fault) return { ...result, fault: ofRefunds.fault };
  if (!ofRefunds.isWhole) goOnAfter(last);
  // Square lists disputes whole; there are few.
  const ofDisputes = await takePages(
    MOST_PAGES,
    async (cursor) => {
      const read = await s.client.disputes({ cursor, locationId: s.locationId });
      return read.ok ? ok({ items: read.value.disputes, cursor: read.value.cursor }) : read;
    },
    async (dispute) => {
      result.disputes += 1;
      await take("dispute", dispute.id, () => applyDispute(s, dispute));
    },
  );
  if (ofDisputes.fault) return { ...result, fault: ofDisputes.fault };
  result.unread += await sendRefunds(s);
  return result;
}
