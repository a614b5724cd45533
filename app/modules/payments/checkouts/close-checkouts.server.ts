import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentJournal } from "../payment.journal";
import { intentStore } from "./intent.store.server";
import { isOutOfDate } from "./payment-intent";

/** Closes checkouts that nobody used within a day, or that would take more than their invoices need by now. */
export async function closeCheckouts(s: { db: ScopedDatabase<"job">; clock: Clock }): Promise<number> {
  const store = intentStore(s.db);
  const living = await store.allLiving();
  const invoices = await store.open(living.flatMap(({ on }) => on.map(({ invoiceId }) => invoiceId)));
  const open = new Map(invoices.map((invoice) => [invoice.id, invoice.open]));
  const now = s.clock.now();
  const old = living.filter((intent) => isOutOfDate(intent, open, now));
  for (const intent of old) await store.move(intent, "closed", paymentJournal.of("payment.closed", { intent: intent.id, why: "out-of-date" }), now);
  return old.length;
}
