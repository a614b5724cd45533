import { HOUR, later, type UtcMs } from "~/kernel/time";
import { type ApplyNeeds, applyPayment, applyRefund } from "./apply-payment.server";
import type { SquareClient, SquareFault } from "./square";

type Needs = Omit<ApplyNeeds, "client"> & { client: Pick<SquareClient, "order" | "payment" | "payments" | "refunds">; locationId: string };
export type Reconciled = { payments: number; refunds: number /** What no notice had reported. */; found: number; fault: SquareFault | null };

/** Looked at again before the last time, for what Square shows late. */
const OVERLAP = HOUR;
const MOST_PAGES = 50;

/** Reads what Square changed since `since` and brings it to the accounts: it catches what no notice reported. */
export async function reconcile(s: Needs, since: UtcMs): Promise<Reconciled> {
  const updatedSince = later(since, -OVERLAP);
  const result: Reconciled = { payments: 0, refunds: 0, found: 0, fault: null };
  const count = (applied: string) => (applied === "applied" || applied === "waiting" || applied === "unclear" ? 1 : 0);
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const read: Awaited<ReturnType<SquareClient["payments"]>> = await s.client.payments({ updatedSince, cursor, locationId: s.locationId });
    if (!read.ok) return { ...result, fault: read.error };
    for (const payment of read.value.payments) {
      result.payments += 1;
      result.found += count(await applyPayment(s, payment));
    }
    cursor = read.value.cursor;
    if (cursor === null) break;
  }
  cursor = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const read: Awaited<ReturnType<SquareClient["refunds"]>> = await s.client.refunds({ updatedSince, cursor });
    if (!read.ok) return { ...result, fault: read.error };
    for (const refund of read.value.refunds) {
      result.refunds += 1;
      result.found += count(await applyRefund(s, refund));
    }
    cursor = read.value.cursor;
    if (cursor === null) break;
  }
  return result;
}
