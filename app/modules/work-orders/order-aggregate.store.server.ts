import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { sumCents, toCents } from "~/kernel/money";
import { dayOf, type UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { shopRules } from "~/modules/organizations/organization.tables";
import { type RulesVersion, rulesIn } from "~/modules/organizations/shop-rules/shop-rules";
import { type Entry, effectRow, entryRow } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { costOf, type Job, type Technician } from "./jobs/job";
import { billedIn, costedLines } from "./lines/order-authorization";
import { changeLines, lineQueries, withLines } from "./lines/order-lines.store.server";
import { jobRow } from "./new-order.store.server";
import { applied, type Change, isSeenByCustomer, type LaborEntry, MOST_JOBS, type Order } from "./order";
import { workOrderEffects } from "./work-order.effects";
import { workOrderJournal } from "./work-order.journal";
import { laborEntries, linesDone, workOrderJobs, workOrders } from "./work-order.tables";

const MOST_CLOCKS = 1_000;
const SETTLING: ReadonlySet<string> = new Set(workOrderJournal.codes("work-order.completed", "work-order.reopened", "work-order.canceled", "job.removed"));

const person = (id: Id<"membership"> | null, name: string | null): Technician | null => (id && name ? { id, name } : null);

const orderColumns = {
  number: workOrders.number,
  assetId: workOrders.assetId,
  customerId: workOrders.customerId,
  headVersion: workOrders.headVersion,
  stateVersion: workOrders.stateVersion,
  state: workOrders.state,
  holdReason: workOrders.holdReason,
  heldFrom: workOrders.heldFrom,
  stateSince: workOrders.stateSince,
  completedAt: workOrders.completedAt,
  arrivedAt: workOrders.arrivedAt,
  releasedAt: workOrders.releasedAt,
  rulesVersion: workOrders.rulesVersion,
  standingMost: workOrders.standingMost,
  namedMost: workOrders.namedMost,
  approvedMost: workOrders.approvedMost,
  mostNamedOn: workOrders.mostNamedOn,
  openedTaxExempt: workOrders.openedTaxExempt,
  title: workOrders.title,
  leadId: workOrders.leadId,
  leadName: workOrders.leadName,
  promisedAt: workOrders.promisedAt,
  purchaseOrder: workOrders.purchaseOrder,
  version: workOrders.version,
  taxCertificate: customers.taxCertificate,
  isInternal: customers.isSelf,
};

export type OrderDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"job"> | ScopedDatabase<"customer">;

/**
 * Loads an order with everything a decision needs, and writes what was decided. A customer's scope reads only that
 * customer's orders. It is the inside of the stores of this module, each of which lets its callers do only their part.
 * A job without the shop's zone at hand takes an offer's last day a few hours early or late.
 */
export function orderAggregate(db: OrderDatabase, zone = db.scope.organization?.zone ?? "UTC") {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(workOrders.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer

  const writeJob = (before: Order, job: Job): Statement => {
    const { id, ...row } = jobRow(job);
    // An id the order doesn't have is a new job, a removed one or another order's. Only a new one can be inserted.
    return before.jobs.some((known) => known.id === id)
      ? db.update(workOrderJobs, row, sql`${and(eq(workOrderJobs.id, id), eq(workOrderJobs.workOrderId, before.id))}`)
      : db.insert(workOrderJobs, { workOrderId: before.id, id, ...row });
  };
  const writeClock = (workOrderId: Id<"workOrder">, { id, jobId, technician, startedAt, stoppedAt }: LaborEntry): Statement =>
    db.upsert(laborEntries, { id, workOrderId, jobId, technicianId: technician.id, technicianName: technician.name, startedAt, stoppedAt }, [laborEntries.id], {
      startedAt,
      stoppedAt,
    });

  const discard = (workOrderId: Id<"workOrder">, id: Id<"laborEntry">, at: UtcMs): Statement =>
    db.update(
      laborEntries,
      { discardedAt: at, stoppedAt: sql`coalesce(${laborEntries.stoppedAt}, ${at})` },
      sql`${and(eq(laborEntries.id, id), eq(laborEntries.workOrderId, workOrderId))}`,
    );

  /** When its jobs were done: at the first completion with work of theirs done, until the order is reopened for work that is done anew. */
  function doneRows(of: Id<"workOrder">, { event }: Change, at: UtcMs): Statement[] {
    const j = workOrderJobs;
    if (event.code === "work-order.completed")
      return [db.update(j, { doneAt: at }, sql`${and(eq(j.workOrderId, of), isNull(j.doneAt), sql`${linesDone} <> 'not-done'`)}`)];
    return event.code === "work-order.reopened" && event.body.anew ? [db.update(j, { doneAt: null }, eq(j.workOrderId, of))] : [];
  }

  /** A decided change: the order after it, its journal entry, its rows and what follows. */
  function parts(order: Order, change: Change, at: UtcMs): { next: Order; entry: Entry; writes: Statement[]; effects: Effect[] } {
    const next = applied(order, change);
    const {
      title,
      lead,
      promisedAt,
      purchaseOrder,
      state,
      holdReason,
      heldFrom,
      stateSince,
      completedAt,
      arrivedAt,
      releasedAt,
      rulesVersion,
      version,
      headVersion,
      stateVersion,
    } = next;
    const entry: Entry = {
      record: { kind: "work-order", id: order.id, version },
      at,
      event: change.event,
      // A change of state also shows in the activity of its unit.
      about: state === order.state ? undefined : order.assetId,
    };
    const { standing, named, approved } = next.most;
    const row = {
      title,
      promisedAt,
      purchaseOrder,
      state,
      holdReason,
      heldFrom,
      stateSince,
      completedAt,
      arrivedAt,
      releasedAt,
      rulesVersion,
      version,
      headVersion,
      stateVersion,
    };
    const most = { standingMost: standing, namedMost: named, approvedMost: approved, mostNamedOn: next.mostNamedOn };
    const writes = [
      db.update(
        workOrders,
        { ...row, ...most, ...sumsFor(next, dayOf(at, zone)), leadId: lead?.id ?? null, leadName: lead?.name ?? null },
        eq(workOrders.id, order.id),
      ),
      ...(change.jobs ?? []).map((job) => writeJob(order, job)),
      ...changeLines(db, order, change, at),
      ...doneRows(order.id, change, at),
      ...(change.removedJob ? [db.update(workOrderJobs, { removedAt: at }, eq(workOrderJobs.id, change.removedJob))] : []),
      // Stops before starts, because a technician can have only one running clock.
      ...[...(change.clocks ?? [])].sort((a, b) => Number(a.stoppedAt === null) - Number(b.stoppedAt === null)).map((clock) => writeClock(order.id, clock)),
      ...(change.discardedClock ? [discard(order.id, change.discardedClock, at)] : []),
    ];
    const effects: Effect[] = [
      boardChanged(`${order.id}:${version}`, { kind: "work-order", id: order.id, version }, boardAudiences(order.customerId, isSeenByCustomer(change))),
    ];
    if (SETTLING.has(change.event.code))
      effects.push(workOrderEffects.of("work-order.settled", `work-order.settled:${order.id}:${version}`, { workOrderId: order.id }));
    if (change.event.code === "work-order.completed")
      effects.push(workOrderEffects.of("mail.order-ready", `mail.order-ready:${order.id}:${version}`, { workOrderId: order.id }));
    if (change.event.code === "option.switched" && change.event.body.isShop)
      effects.push(workOrderEffects.of("mail.option-switched", `mail.option-switched:${order.id}:${version}`, { workOrderId: order.id, version }));
    return { next, entry, writes, effects };
  }

  return {
    async find(id: Id<"workOrder">): Promise<{ order: Order; rules: RulesVersion } | null> {
      const j = workOrderJobs;
      const l = laborEntries;
      const queries = lineQueries([id]);
      const [[row], jobs, lines, decisions, clocks, rules] = await db.queries(
        {
          from: workOrders,
          columns: orderColumns,
          join: [[customers, eq(customers.id, workOrders.customerId)]],
          where: and(eq(workOrders.id, id), own),
          limit: 1,
        },
        {
          from: j,
          columns: {
            id: j.id,
            position: j.position,
            complaint: j.complaint,
            cause: j.cause,
            correction: j.correction,
            vmrs: j.vmrs,
            options: j.options,
            technicianId: j.technicianId,
            technicianName: j.technicianName,
            version: j.version,
          },
          where: and(eq(j.workOrderId, id), isNull(j.removedAt)),
          orderBy: [asc(j.position)],
          limit: MOST_JOBS,
        },
        queries.lines,
        queries.decisions,
        {
          from: l,
          columns: { id: l.id, jobId: l.jobId, technicianId: l.technicianId, technicianName: l.technicianName, startedAt: l.startedAt, stoppedAt: l.stoppedAt },
          where: and(eq(l.workOrderId, id), isNull(l.discardedAt)),
          orderBy: [asc(l.startedAt)],
          limit: MOST_CLOCKS,
        },
        {
          from: shopRules,
          columns: { version: shopRules.version, rules: shopRules.rules },
          // The current ones, and those of its completion.
          where: sql`(${shopRules.version} = (select max(version) from shop_rules where organization_id = ${scope.organizationId}) or ${shopRules.version} = (select rules_version from work_orders where organization_id = ${scope.organizationId} and id = ${id}))`,
          orderBy: [desc(shopRules.version)],
          limit: 2,
        },
      );
      if (!row) return null;
      const { leadId, leadName, standingMost, namedMost, approvedMost, taxCertificate, ...head } = row;
      const current = rulesIn(rules);
      return {
        rules: current,
        order: {
          id,
          ...head,
          lead: person(leadId, leadName),
          most: { standing: standingMost, named: namedMost, approved: approvedMost },
          rules: rules.find(({ version }) => version === head.rulesVersion) ?? current,
          taxExempt: taxCertificate !== null,
          jobs: withLines(
            jobs.map(({ technicianId, technicianName, ...job }) => ({ ...job, technician: person(technicianId, technicianName) })),
            lines,
          ),
          decisions: decisions.map(({ workOrderId: _, ...decision }) => decision),
          clocks: clocks.map(({ technicianId, technicianName, ...entry }) => ({ ...entry, technician: { id: technicianId, name: technicianName } })),
        },
      };
    },

    parts,

    /** A decided change as statements for another batch, which fails as a whole if the order was changed meanwhile. */
    rowsOf(order: Order, change: Change, at: UtcMs): Statement[] {
      const { entry, writes, effects } = parts(order, change, at);
      return [entryRow(db, entry), ...writes, ...effects.map((effect) => effectRow(db, effect, at))];
    },
  };
}

/** The sums that lists show, before supplies and tax. */
export function sumsFor(order: Order, today: string) {
  const { jobs, authorization } = billedIn(order, today);
  const lines = costedLines(order, jobs);
  const { toBill, over, overLines, applies } = authorization;
  return {
    price: toBill,
    cost: sumCents(lines.map((line) => costOf(line) ?? toCents(0))),
    over: applies ? over : toCents(0),
    overLines: applies ? overLines : 0,
  };
}
