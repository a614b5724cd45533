import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { monthOf } from "./budget/month";
import { outsideBudgetStore } from "./budget/outside-budget.store.server";
import { decide, type Refusal, type VendorJobCommand } from "./decide";
import { lifeCycle } from "./job-states";
import { templateOf } from "./mail/mail-events";
import { outsideOrderStore } from "./outside-order.store.server";
import { whyPriceFixed } from "./price-fixed";
import { subletLine, withLine } from "./sublet-line.step.server";
import { newestEstimate, newestInvoice, type VendorJob } from "./vendor-job";
import { mailEffect } from "./vendor-job.effects";
import { vendorJobStore } from "./vendor-job.store.server";

export type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"vendor">; clock: Clock };
/** Reassigning also creates a new assignment, so it is part of assignVendor. */
export type Asked = Exclude<VendorJobCommand, { intent: "reassign" }>;

/**
 * Runs one command on a job; what must follow outside the job is up to the use case that calls this. Of two at once one
 * wins and the other is refused with the reason. The caller drains the outbox.
 */
export async function runVendorJobCommand(s: Needs, id: Id<"vendorJob">, command: Asked): Promise<Result<VendorJob, Refusal>> {
  const [store, orders, budgetStore] = [vendorJobStore(s.db), outsideOrderStore(s.db), outsideBudgetStore(s.db)];
  const { audience, actor, organization } = s.db.scope;
  const lineChange = subletLine(s.db);
  return changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    async decide(job, now) {
      const checksBudget = command.intent === "approve-estimate" || command.intent === "approve-invoice";
      // Read the versions first: an approval saved after this makes our save fail, and the limits are checked again.
      const spendings = checksBudget ? await budgetStore.spendings(job) : [];
      const [about, budgets, held] = await Promise.all([
        orders.about(job),
        checksBudget ? budgetStore.budgets(job, monthOf(now, organization.zone)) : [],
        command.intent === "call-off" ? orders.heldBy(job) : null,
      ]);
      const order = await lineChange.load(job, command);
      const speaksFor = audience === "staff" && !about.portalEnabled ? about.vendor : null;
      const decided = decide(job, command, {
        now,
        who: audience,
        by: actor.name,
        vendor: about.vendor,
        speaksFor,
        budgets,
        priceFixed: order && whyPriceFixed(order, job.lineId),
        holdsOrder: held !== null,
      });
      return decided.ok ? ok({ change: decided.value, byPhone: speaksFor !== null, spendings, order }) : decided;
    },
    save(job, { change, byPhone, spendings, order }, now) {
      const next = withLine(change.next, order, now);
      const changes = order ? lineChange.rowsOf(order, next, command, now) : [];
      return store.save(job, { ...change, next }, now, effectsOf(next, command, byPhone), spendings, changes);
    },
  });
}

/** Outbox effects of a saved change. The shop gets no mail about what it recorded itself. */
function effectsOf(next: VendorJob, command: Asked, byPhone: boolean): Effect[] {
  const template = byPhone && lifeCycle[command.intent].who === "vendor" ? null : templateOf[command.intent];
  return template ? [mailEffect(next.id, template, nthOf(next, command), byPhone)] : [];
}

/** Which revision, submission or version the mail is about. */
function nthOf(next: VendorJob, { intent: type }: Asked): number | string {
  const [revision, submission] = [newestEstimate(next)?.revision ?? 1, newestInvoice(next)?.submission ?? 1];
  switch (type) {
    case "call-off":
      return next.version;
    case "submit-invoice":
    case "withdraw-invoice":
    case "dispute":
      return submission;
    case "approve-invoice":
    case "reverse":
      // An approval that was reversed and given again is mailed again.
      return `${submission}.${next.costs.length}`;
    default:
      return revision;
  }
}
