import { type SQL, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { numbered } from "~/modules/organizations/numbering/numbering";
import { nextNumber } from "~/platform/database/counters.server";
import type { Entry } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { type CannedDraft, type Job, type Line, sumsOf, type Technician } from "./jobs/job";
import { insertLines } from "./lines/order-lines.store.server";
import type { ServiceRequest } from "./service-requests/service-request";
import { workOrderJournal } from "./work-order.journal";
import { workOrderJobs, workOrders } from "./work-order.tables";

export type NewOrder = {
  id: Id<"workOrder">;
  title: string;
  assetId: Id<"asset">;
  customerId: Id<"customer">;
  state: "draft" | "open";
  lead: Technician | null;
  promisedAt: UtcMs | null;
  purchaseOrder: string | null;
  /** Set if a customer requested it in the portal. */
  request: ServiceRequest | null;
  jobs: readonly [Job, ...Job[]];
  /** The order whose work it takes over; absent if none. */
  from?: number;
};

/** The database row of a job, without its lines. */
export const jobRow = ({ technician, lines: _, options, ...row }: Job<Line> & Partial<CannedDraft>) => ({
  ...row,
  options: options ?? null,
  technicianId: technician?.id ?? null,
  technicianName: technician?.name ?? null,
});

/**
 * The statements of a new order, for staff and customers. It takes its number in the batch, and a form submitted twice
 * fails on the first one's journal entry.
 */
export function newOrder(db: ScopedDatabase, order: NewOrder, at: UtcMs): { entry: Entry; rows: Statement[]; effects: Effect[] } {
  const { jobs, lead, from, ...row } = order;
  const { id, assetId, customerId, state, request } = order;
  const number = nextNumber(db, "work-order", numbered["work-order"].first);
  const { price, cost } = sumsOf(jobs.flatMap(({ lines }) => lines));
  return {
    entry: {
      record: { kind: "work-order", id, version: 1 },
      at,
      event: workOrderJournal.of("work-order.opened", { state, complaint: jobs[0].complaint, ...(request ? { request } : {}), ...(from ? { from } : {}) }),
      about: assetId,
    },
    rows: [
      number.take,
      db.insert(workOrders, {
        ...row,
        number: number.value,
        leadId: lead?.id ?? null,
        leadName: lead?.name ?? null,
        price,
        cost,
        openedTaxExempt: taxExemptNow(db.scope.organizationId, customerId),
        standingMost: standingMostOf(db.scope.organizationId, customerId),
        stateSince: at,
        createdAt: at,
        version: 1,
      }),
      ...jobs.flatMap((job) => [db.insert(workOrderJobs, { workOrderId: id, ...jobRow(job) }), ...insertLines(db, id, job)]),
    ],
    effects: [boardChanged(`${id}:1`, { kind: "work-order", id, version: 1 }, boardAudiences(customerId, true))],
  };
}

/** The sum that the customer agrees to without being asked: their own, else the shop's. It stays as it is now. */
const standingMostOf = (organizationId: Id<"organization">, customerId: Id<"customer">): SQL =>
  sql`coalesce((select standing_most_cents from customers where organization_id = ${organizationId} and id = ${customerId}), (select json_extract(rules, '$.standingMost') from shop_rules where organization_id = ${organizationId} order by version desc limit 1))`;

/** Whether the customer has a tax exemption certificate now. */
export const taxExemptNow = (organizationId: Id<"organization">, customerId: Id<"customer">): SQL =>
  sql`(select tax_certificate is not null from customers where organization_id = ${organizationId} and id = ${customerId})`;
