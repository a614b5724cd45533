import { and, desc, eq, gte, isNotNull, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { estimateRevisions, estimates } from "~/modules/estimates/estimate.tables";
import { answeredTotal, linesIn } from "~/modules/estimates/estimate-snapshot";
import { priceOf } from "~/modules/work-orders/jobs/job";
import { findDeferredWork } from "~/modules/work-orders/lines/deferred-work.store.server";
import { readLaterDecisions } from "~/modules/work-orders/lines/later-decisions.read.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 30;

// A customer's session names its customer. The internal `content` must never be among these columns.
const own = (db: ScopedDatabase<"customer">) => eq(estimates.customerId, db.scope.partyId as Id<"customer">);
const { revision, state, snapshot, decision, sentAt } = estimateRevisions;

/** Filters: one unit, one order, or only estimates that can still be answered, or can't, on a day in the shop's time zone. */
type Only = { assetId?: Id<"asset">; workOrderId?: Id<"workOrder">; openOn?: string; closedOn?: string };

const narrowed = ({ assetId, workOrderId, openOn, closedOn }: Only) =>
  and(
    assetId && eq(estimates.assetId, assetId),
    workOrderId && eq(estimates.workOrderId, workOrderId),
    openOn === undefined ? undefined : and(eq(state, "sent"), gte(estimates.validThrough, openOn)),
    closedOn === undefined ? undefined : or(ne(state, "sent"), lt(estimates.validThrough, closedOn)),
  );

/** A page of sent estimates, newest first; no drafts. */
export async function readPortalEstimates(db: ScopedDatabase<"customer">, before: number | null, only: Only = {}, rowsAPage = PER_PAGE) {
  const rows = await db.query({
    from: estimates,
    columns: { id: estimates.id, number: estimates.number, state, snapshot, decision, sentAt },
    join: [[estimateRevisions, and(eq(estimateRevisions.estimateId, estimates.id), eq(revision, estimates.latestSentRevision)) as SQL]], // `and` of two conditions is one
    where: and(own(db), narrowed(only), before === null ? undefined : lt(estimates.number, before)),
    orderBy: [desc(estimates.number)],
    limit: rowsAPage + 1,
  });
  const page = rows.slice(0, rowsAPage).flatMap(({ snapshot: it, decision: answered, ...row }) =>
    it
      ? [
          {
            ...row,
            title: it.title,
            unitNumber: it.unitNumber,
            validThrough: it.validThrough,
            total: answeredTotal(it, answered),
            approvedTotal: answered?.approvedTotal ?? null,
          },
        ]
      : [],
  );
  return { rows: page, next: rows.length > rowsAPage ? (page.at(-1)?.number ?? null) : null };
}

/** An estimate as sent to the customer: the newest sent revision, or an older one. */
export async function readPortalEstimate(db: ScopedDatabase<"customer">, id: Id<"estimate">, wanted: number | null) {
  const mine = and(eq(estimates.id, id), own(db), isNotNull(snapshot));
  const sent = (only: SQL | undefined) => ({
    from: estimateRevisions,
    columns: { revision, state, snapshot, decision, sentAt, hash: estimateRevisions.hash, viewed: estimateRevisions.viewed, asked: estimateRevisions.asked },
    join: [[estimates, eq(estimates.id, estimateRevisions.estimateId)] as [typeof estimates, SQL]],
    where: and(mine, only),
    orderBy: [desc(revision)],
    limit: 1,
  });
  const account = {
    from: customers,
    columns: { needsPurchaseOrder: customers.needsPurchaseOrder },
    where: eq(customers.id, db.scope.partyId as Id<"customer">), // a customer's session names its customer
    limit: 1,
  };
  const [[newest], [it], [customer]] = await db.queries(sent(undefined), sent(wanted === null ? undefined : eq(revision, wanted)), account);
  if (!it?.snapshot || !newest) return null;
  const { decision: answered, viewed, ...rest } = it;
  return {
    ...rest,
    later: answered ? await readLaterDecisions(db, answered.approved, answered.at) : [],
    id,
    snapshot: it.snapshot,
    isSeen: viewed !== null,
    needsPurchaseOrder: customer?.needsPurchaseOrder ?? false,
    newest: newest.revision,
    // The IP address of an answer is only shown to staff.
    decision: answered && {
      outcome: answered.outcome,
      who: answered.who,
      how: answered.how,
      at: answered.at,
      approved: answered.approved,
      declined: answered.declined,
      unchosen: answered.unchosen,
      approvedTotal: answered.approvedTotal,
      note: answered.note,
      purchaseOrder: answered.purchaseOrder,
      notToExceed: answered.notToExceed,
      drawn: answered.drawn,
    },
  };
}

/** Whether a photo was part of any revision sent to this customer. */
export async function wasSentPhoto(db: ScopedDatabase<"customer">, id: Id<"estimate">, photo: Id<"attachment">): Promise<boolean> {
  const rows = await db.query({
    from: estimateRevisions,
    columns: { snapshot },
    join: [[estimates, eq(estimates.id, estimateRevisions.estimateId)]],
    where: and(eq(estimates.id, id), own(db), isNotNull(snapshot), sql`instr(${snapshot}, ${photo}) > 0`),
    limit: 1,
  });
  return rows.some((row) => row.snapshot && linesIn(row.snapshot).some(({ photos }) => photos.some((one) => one.id === photo)));
}

/** A unit's deferred work, at the price it had, without costs. */
export async function readPortalDeferredWork(db: ScopedDatabase<"customer">, assetId: Id<"asset">) {
  const deferred = await findDeferredWork(db, assetId);
  return deferred.map(({ line, order, complaint, deferredAs, deferredAt }) => ({
    id: line.id,
    order,
    complaint,
    deferredAs,
    deferredAt,
    text: line.text,
    safety: line.safety ?? false,
    price: priceOf(line),
  }));
}

/** How many of the customer's contacts can approve this amount in the portal. */
export async function countAble(db: ScopedDatabase<"customer">, total: Cents): Promise<number> {
  const rows = await db.query({
    from: contacts,
    columns: { decideLimit: contacts.decideLimit },
    // A customer's session names its customer.
    where: and(eq(contacts.customerId, db.scope.partyId as Id<"customer">), isNull(contacts.archivedAt), eq(contacts.mayDecide, true)),
    limit: 200,
  });
  return rows.filter(({ decideLimit }) => decideLimit === null || decideLimit >= total).length;
}
