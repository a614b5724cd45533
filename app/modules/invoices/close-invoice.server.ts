import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { billOrders } from "~/modules/work-orders/bill-orders.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { canDo } from "./invoice";
import { invoiceStore } from "./invoice.store.server";
import { canVoid } from "./receivables/ledger";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; drainSoon(): void };
export type CloseRefusal = { kind: "not-found" } | { kind: "no-reason" } | { kind: "not-allowed"; message: string } | { kind: "stale" };

const MAX_ATTEMPTS = 5;

/** Voids an issued invoice or discards a draft, and releases its orders. A voided invoice keeps its number. */
export async function closeInvoice(
  s: Needs,
  id: Id<"invoice">,
  asked: { intent: "void"; why: string } | { intent: "discard" },
): Promise<Result<null, CloseRefusal>> {
  const store = invoiceStore(s.db);
  for (let attempt = 1; ; attempt++) {
    const invoice = await store.find(id);
    if (!invoice) return err({ kind: "not-found" });
    const now = s.clock.now();
    // Read the account first: a payment added after this makes the save stale.
    const found = await store.account(invoice.customerId, []);
    if (!found) return err({ kind: "not-found" });
    const { account, version } = found;
    const fresh = (await store.find(id)) ?? invoice;
    const allowed = asked.intent === "void" ? canVoid(account.entries, fresh, now) : canDo("discard", fresh, now);
    if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
    if (asked.intent === "void" && asked.why === "") return err({ kind: "no-reason" });
    let rows: Statement[] = [];
    if (asked.intent === "void") {
      const orders = (await store.orderIdsOf(id)).map((order) => ({ id: order, command: { intent: "unbill", invoiceId: id } as const }));
      const unbilled = await billOrders(s.db, orders, now);
      if (!unbilled.ok) return err({ kind: "stale" });
      rows = unbilled.value;
    }
    const why = asked.intent === "void" ? asked.why : null;
    const saved = await store.end(fresh, why, rows, version, now);
    if (saved.ok) {
      s.drainSoon();
      return ok(null);
    }
    if (attempt === MAX_ATTEMPTS) return saved;
  }
}
