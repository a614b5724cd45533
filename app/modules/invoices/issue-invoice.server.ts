import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney } from "~/kernel/money";
import type { Terms } from "~/kernel/payment-terms";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, formatDay } from "~/kernel/time";
import { certificateGap } from "~/modules/customers/credit";
import { findFleetRepairs } from "~/modules/inspections/defects/fleet-repairs.step.server";
import { shopPartyOf } from "~/modules/organizations/shop-party";
import { billOrders } from "~/modules/work-orders/bill-orders.server";
import { readOrderWork } from "~/modules/work-orders/lines/order-work.step.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { orderIdsIn, repairsUndecided } from "./billed-repairs";
import { billedWork } from "./billed-work";
import { overBilled, whyNotIssued, whyReasonNeeded } from "./billing-gaps";
import { canIssue, chargesOfAll, dueUnder, type InvoiceContents } from "./invoice";
import { invoiceJournal } from "./invoice.journal";
import { invoiceStore } from "./invoice.store.server";
import { canIssueOn } from "./issue-on-terms";
import { depositsFor } from "./receivables/deposits.step.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; directory: Pick<Directory, "organization"> };
export type IssueRefusal =
  | { kind: "not-found" }
  | { kind: "not-allowed"; message: string }
  /** The work changed since the page showed the total. */
  | { kind: "other-total"; total: Cents }
  /** Work is billed that nobody authorized, and the shop asks for a reason. */
  | { kind: "needs-reason"; message: string }
  | { kind: "stale" };

/** `seen` is the total on the user's page; absent without a page. `why`: for billing what was not authorized. `paysOnline`: the shop takes payments online. */
type Asked = { terms: Terms; seen?: Cents; why?: string; paysOnline?: boolean };

/** `orders` marks them invoiced; null if one was changed since it was read, and all is to be decided again. */
type Issue = {
  contents: InvoiceContents;
  authorized: Parameters<ReturnType<typeof invoiceStore>["issue"]>[2];
  orders: Statement[] | null;
  account: number | null;
  deposits: Awaited<ReturnType<typeof depositsFor>>;
};

/** Issues a draft: assigns its number, fixes its contents and marks its orders invoiced. Submitted twice, it is issued once. */
export async function issueInvoice(s: Needs, id: Id<"invoice">, asked: Asked): Promise<Result<null, IssueRefusal>> {
  const store = invoiceStore(s.db);
  const { zone } = s.db.scope.organization;
  const changed = await changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    async decide(invoice, now): Promise<Result<Issue, IssueRefusal>> {
      const { customer, taxCertificate, address, taxId } = invoice;
      const [organization, found] = await Promise.all([s.directory.organization(s.db.scope.organizationId), readOrderWork(s.db, await store.orderIdsOf(id))]);
      const today = dayOf(now, zone);
      const works = billedWork(found.orders, today);
      const groups = works.map(({ group }) => group);
      const shop = organization && shopPartyOf(organization);
      const contents: InvoiceContents = {
        customer,
        billTo: { address, taxId },
        shop,
        taxCertificate,
        groups,
        charges: chargesOfAll(groups),
        paysOnline: asked.paysOnline ?? false,
      };
      const { total } = contents.charges;
      const allowed = canIssue(invoice, total, now);
      if (allowed !== true) return err({ kind: "not-allowed", message: allowed });
      const gaps = works.map(({ gap }) => gap);
      const { overRule = "ask" } = found.rules;
      const { currency, locale } = s.db.scope.organization;
      const money = (amount: Cents) => formatMoney(amount, currency, locale);
      const expired = certificateGap(invoice, today, (day) => formatDay(day, locale));
      if (expired) return err({ kind: "not-allowed", message: expired });
      // The version first: what changes the account after it makes the save stale.
      const account = await store.accountVersion(invoice.customerId);
      const owed = await store.owedBy(invoice.customerId);
      const onTerms = canIssueOn(invoice, { terms: asked.terms, owed, total }, found.rules, money);
      if (onTerms !== true) return err({ kind: "not-allowed", message: onTerms });
      const closed = whyNotIssued(gaps, overRule) ?? repairsUndecided(await findFleetRepairs(s.db, orderIdsIn(works)), works);
      if (closed) return err({ kind: "not-allowed", message: closed });
      const needed = whyReasonNeeded(gaps, overRule, money);
      if (needed && !asked.why) return err({ kind: "needs-reason", message: needed });
      const why = asked.why || (overBilled(gaps, money).length > 0 ? "Billed without authorization, as the shop's rule allows." : "");
      const billed = await billOrders(
        s.db,
        works.map(({ group, version }) => ({ id: group.orderId, command: { intent: "bill", seen: version, invoiceId: id } })),
        now,
        why,
      );
      if (!billed.ok && billed.error.kind === "not-allowed") {
        const { message, order } = billed.error;
        return err({ kind: "not-allowed", message: `WO-${works.find(({ group }) => group.orderId === order)?.group.order}: ${message}` });
      }
      // A reopened order is reported before a changed total.
      if (asked.seen !== undefined && asked.seen !== total) return err({ kind: "other-total", total });
      const { dueAt } = dueUnder(asked.terms, now, zone);
      const estimates = works.flatMap(({ estimates }) => estimates);
      const deposits = await depositsFor(s.db, { ...invoice, total, dueAt }, estimates, now);
      const isLimited = found.rules.creditRule === "block" && asked.terms !== "receipt" && invoice.creditLimit !== null;
      const authorized = works.map((work) => ({ orderId: work.group.orderId, authorized: work.authorized }));
      return ok({ contents, authorized, orders: billed.ok ? billed.value : null, account: isLimited || estimates.length > 0 ? account : null, deposits });
    },
    async save(invoice, { contents, authorized, orders, account, deposits }, now): Promise<Result<null, { kind: "stale" }>> {
      if (!orders) return err({ kind: "stale" });
      const { entries = [], event = invoiceJournal.of("account.invoice-issued", { invoice: id }) } = deposits ?? {};
      const onAccount = account === null ? null : { before: account, entries, event };
      return store.issue(invoice, { contents, terms: asked.terms, ...dueUnder(asked.terms, now, zone) }, authorized, orders, onAccount, now);
    },
  });
  return changed;
}
