import { eq, type SQL, sql } from "drizzle-orm";
import { dayOf, type UtcMs } from "~/kernel/time";
import { numbered } from "~/modules/organizations/numbering/numbering";
import { nextNumber } from "~/platform/database/counters.server";
import { effectRow, entryRow } from "~/platform/database/journal.server";
import type { Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { jobRow, taxExemptNow } from "../new-order.store.server";
import type { Order } from "../order";
import { type OrderDatabase, sumsFor } from "../order-aggregate.store.server";
import { titleOf } from "../service-requests/service-request";
import { workOrderJournal } from "../work-order.journal";
import { workOrderJobs, workOrderLines, workOrders } from "../work-order.tables";
import type { ContinuedJob } from "./move-lines";
import { lineRow } from "./order-lines.store.server";

type From = {
  number: number;
  /** Of its jobs, those that go on here. */
  continued: readonly ContinuedJob[];
};

/** The rows of an order that takes over lines of another one: its lines are there already, and change their order. */
export function followerRows(db: OrderDatabase, follower: Order & { state: "open" | "draft" }, from: From, at: UtcMs): Statement[] {
  const { id, title, assetId, customerId, state, purchaseOrder, most, mostNamedOn, jobs } = follower;
  const number = nextNumber(db, "work-order", numbered["work-order"].first);
  return [
    number.take,
    entryRow(db, {
      record: { kind: "work-order", id, version: 1 },
      at,
      event: workOrderJournal.of("work-order.opened", { state, complaint: title, from: from.number }),
      about: assetId,
    }),
    db.insert(workOrders, {
      id,
      number: number.value,
      title: titleOf(title),
      assetId,
      customerId,
      state,
      leadId: null,
      leadName: null,
      promisedAt: null,
      purchaseOrder,
      request: null,
      openedTaxExempt: taxExemptNow(db.scope.organizationId, customerId),
      standingMost: most.standing,
      namedMost: most.named,
      approvedMost: most.approved,
      mostNamedOn,
      ...sumsFor(follower, dayOf(at, db.scope.organization?.zone ?? "UTC")),
      stateSince: at,
      createdAt: at,
      version: 1,
    }),
    ...jobs.flatMap((job) => [
      db.insert(workOrderJobs, {
        workOrderId: id,
        ...jobRow(job),
        continues: firstOf(
          db,
          from.continued.find(({ to }) => to === job.id),
        ),
      }),
      ...job.lines.map((line, position) => db.update(workOrderLines, lineRow(id, job.id, position, line), eq(workOrderLines.id, line.id))),
    ]),
    effectRow(db, boardChanged(`${id}:1`, { kind: "work-order", id, version: 1 }, boardAudiences(customerId, state === "open")), at),
  ];
}

/** The job that the work began with: the one it goes on from may itself have taken it over. */
const firstOf = (db: OrderDatabase, continued: ContinuedJob | undefined): SQL | null =>
  continued
    ? sql`coalesce((select continues from work_order_jobs where organization_id = ${db.scope.organizationId} and id = ${continued.from}), ${continued.from})`
    : null;
