import { and, desc, eq, gte, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ListOrder, Place } from "~/kernel/list-order";
import type { Cents } from "~/kernel/money";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { estimateRevisions, estimates } from "~/modules/estimates/estimate.tables";
import type { EstimateFilter } from "~/modules/estimates/estimate-filters";
import { contains } from "~/platform/database/contains.server";
import { inOrder, pageOf } from "~/platform/database/list-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const PER_PAGE = 50;
const NEWEST = 5;

/** What the list can be ordered by. */
const sorts = { number: estimates.number, until: estimates.validOrder, total: estimates.totalOrder };
export type EstimateSort = keyof typeof sorts;
export const estimateSorts: readonly EstimateSort[] = ["number", "until", "total"];

type Wanted = {
  filter: EstimateFilter;
  query: string;
  after: Place | null;
  order?: ListOrder<EstimateSort> | null;
  /** Today in the shop's time zone. */
  today: string;
};

/** A page of estimates, newest number first unless another order is asked for; search by number, unit, customer or title. */
export async function readEstimateList(db: ScopedDatabase<"staff">, { filter, query, after, order, today }: Wanted, rowsAPage = PER_PAGE) {
  const { by, direction } = order ?? { by: "number", direction: "desc" };
  const list = inOrder([sorts[by], estimates.id], direction, after);
  const { id, number, title, state, isDrafting, validThrough, total, stateSince } = estimates;
  const rows = await db.query({
    from: estimates,
    columns: {
      id,
      number,
      title,
      state,
      isDrafting,
      validThrough,
      total,
      stateSince,
      unitNumber: assets.unitNumber,
      customer: customers.name,
      place: list.place,
    },
    join: [
      [assets, eq(assets.id, estimates.assetId)],
      [customers, eq(customers.id, estimates.customerId)],
    ],
    where: and(narrowed(filter, today), list.after, matching(query)),
    orderBy: list.orderBy,
    limit: rowsAPage + 1,
  });
  return pageOf(rows, rowsAPage);
}

/** Sent, and its last day is not over, or is. @param today in the shop's time zone */
export const isWaiting = (today: string) => and(eq(estimates.state, "sent"), gte(estimates.validThrough, today));
export const isExpired = (today: string) => and(eq(estimates.state, "sent"), lt(estimates.validThrough, today));

function narrowed(filter: EstimateFilter, today: string): SQL | undefined {
  switch (filter) {
    case "open":
      return or(eq(estimates.isDrafting, true), inArray(estimates.state, ["sent", "changes-requested"]));
    case "draft":
      return eq(estimates.isDrafting, true);
    case "waiting":
      return isWaiting(today);
    case "expired":
      return isExpired(today);
    case "answered":
      return inArray(estimates.state, ["approved", "partially-approved", "declined", "changes-requested"]);
    default:
      return undefined;
  }
}

function matching(query: string): SQL | undefined {
  const term = query.trim();
  if (term === "") return undefined;
  const number = /^(?:e-?)?(\d{1,9})$/i.exec(term)?.[1];
  const text = contains(term, estimates.title, assets.unitNumber, customers.name);
  return number ? or(eq(estimates.number, Number(number)), text) : text;
}

/** The estimates of an order. */
export const readEstimatesOf = (db: ScopedDatabase<"staff">, workOrderId: Id<"workOrder">) => readRows(db, eq(estimates.workOrderId, workOrderId), PER_PAGE);

/** A customer's newest estimates. */
export const readEstimatesOfCustomer = (db: ScopedDatabase<"staff">, id: Id<"customer">) => readRows(db, eq(estimates.customerId, id), NEWEST);

const readRows = (db: ScopedDatabase<"staff">, where: SQL, limit: number) =>
  db.query({
    from: estimates,
    columns: {
      id: estimates.id,
      number: estimates.number,
      title: estimates.title,
      state: estimates.state,
      isDrafting: estimates.isDrafting,
      validThrough: estimates.validThrough,
      total: estimates.total,
      stateSince: estimates.stateSince,
      // The approved part of the latest sent revision.
      approvedTotal: sql<Cents | null>`json_extract(${estimateRevisions.decision}, '$.approvedTotal')`,
    },
    leftJoin: [[estimateRevisions, sql`${estimateRevisions.estimateId} = ${estimates.id} and ${estimateRevisions.revision} = ${estimates.latestSentRevision}`]],
    where,
    orderBy: [desc(estimates.number)],
    limit,
  });
