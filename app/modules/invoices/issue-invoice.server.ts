import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { billOrders } from "~/modules/work-orders/bill-orders.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { canDo, chargesOfAll, dueUnder, type InvoiceContents, type Terms } from "./invoice";
import { invoiceStore } from "./invoice.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; drainSoon(): void };
export type IssueRefusal = { kind: "not-found" } | { kind: "not-allowed"; words: string } | { kind: "stale" };

const TRIES = 5;

/** Issues a draft: it takes its number, what it says is fixed, its orders are invoiced. Sent twice, it is issued once. */
export async function issueInvoice(s: Needs, id: Id<"invoice">, asked: { terms: Terms; zone: string }): Promise<Result<null, IssueRefusal>> {
  const store = invoiceStore(s.db);
  for (let attempt = 1; ; attempt++) {
    const invoice = await store.find(id);
    if (!invoice) return err({ kind: "not-found" });
    const now = s.clock.now();
    const allowed = canDo("issue", invoice, now);
    if (allowed !== true) return err({ kind: "not-allowed", words: allowed });
    const { customer, taxCertificate } = invoice;
    const works = await store.workOf(await store.orderIdsOf(id), taxCertificate !== null);
    const billed = await billOrders(
      s.db,
      works.map(({ group, version }) => ({ id: group.orderId, act: { act: "bill", seen: version, invoiceId: id } })),
      now,
    );
    if (!billed.ok && billed.error.kind === "not-allowed") {
      const { words, order } = billed.error;
      return err({ kind: "not-allowed", words: `WO-${works.find(({ group }) => group.orderId === order)?.group.order}: ${words}` });
    }
    if (billed.ok) {
      const groups = works.map(({ group }) => group);
      const contents: InvoiceContents = { customer, taxCertificate, groups, charges: chargesOfAll(groups) };
      const saved = await store.issue(invoice, { contents, terms: asked.terms, ...dueUnder(asked.terms, now, asked.zone) }, billed.value, now);
      if (saved.ok) {
        s.drainSoon();
        return ok(null);
      }
    }
    if (attempt === TRIES) return err({ kind: "stale" });
  }
}
