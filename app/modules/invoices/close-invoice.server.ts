import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { billOrders } from "~/modules/work-orders/bill-orders.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { canDo } from "./invoice";
import { invoiceStore } from "./invoice.store.server";
import { canVoid } from "./receivables/ledger";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
export type CloseRefusal = { kind: "not-found" } | { kind: "no-reason" } | { kind: "not-allowed"; message: string } | { kind: "stale" };

/** Voids an issued invoice or discards a draft, and releases its orders. A voided invoice keeps its number. */
export async function closeInvoice(
  s: Needs,
  id: Id<"invoice">,
  asked: { intent: "void"; why: string } | { intent: "discard" },
): Promise<Result<null, CloseRefusal>> {
  const store = invoiceStore(s.db);
  const changed = await changeRecord({
    clock: s.clock,
    async load() {
      const invoice = await store.find(id);
      // Read the account first: a payment added after this makes the save stale.
      const found = invoice && (await store.account(invoice.customerId, []));
      return found && { ...found, invoice: (await store.find(id)) ?? invoice };
    },
    async decide({ account, invoice }, now): Promise<Result<Statement[], CloseRefusal>> {
      const allowed = asked.intent === "void" ? canVoid(account.entries, invoice, now) : canDo("discard", invoice, now);
      if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
      if (asked.intent === "discard") return ok([]);
      if (asked.why === "") return err({ kind: "no-reason" });
      const orders = (await store.orderIdsOf(id)).map((order) => ({ id: order, command: { intent: "unbill", invoiceId: id } as const }));
      const unbilled = await billOrders(s.db, orders, now);
      return unbilled.ok ? unbilled : err({ kind: "stale" });
    },
    save({ invoice, version }, rows, now) {
      const why = asked.intent === "void" ? asked.why : null;
      return store.end(invoice, why, rows, version, now);
    },
  });
  return changed;
}
