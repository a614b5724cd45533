import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { parseMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { err, ok, type Result } from "~/kernel/result";
import { localInstant } from "~/kernel/time";
import { picksIn } from "~/modules/estimates/decisions/answer-choice";
import { answerFields } from "~/modules/estimates/decisions/answer-form";
import { TOO_LOW } from "~/modules/estimates/decisions/answer-revision";
import { recordApproval } from "~/modules/estimates/record-approval.server";
import { keepRepairJob } from "~/modules/inspections/defects/keep-repair-job.server";
import { addCannedWork } from "~/modules/maintenance/orders/add-canned-work.server";
import { changeOrderWork } from "~/modules/maintenance/orders/change-order-work.server";
import { type AddRefusal, addServiceToOrder } from "~/modules/maintenance/orders/make-orders.server";
import { readStaff } from "~/modules/people/staff.read.server";
import { arriveUnit, ownerChoices } from "~/modules/vendor-jobs/arrive-unit.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { addNote } from "~/modules/work-orders/activity/add-note.server";
import { type ChangeRefusal, changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { discardClock } from "~/modules/work-orders/jobs/discard-clock.server";
import { startClock } from "~/modules/work-orders/jobs/start-clock.server";
import { grounds } from "~/modules/work-orders/lines/line-decision";
import { recordLineDecision } from "~/modules/work-orders/lines/record-line-decision.server";
import { recordOptionSwitch } from "~/modules/work-orders/lines/record-option-switch.server";
import { readPromise } from "~/modules/work-orders/tracker/promise";
import { holdReasons } from "~/modules/work-orders/work-order";
import { noFields } from "~/platform/http/commands.server";
import { idField, requiredText, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { addressOf } from "~/platform/http/origin.server";
import { orNotFound } from "~/platform/http/problem.server";
import { type Answer, invalid, missing, onField } from "~/platform/http/refusals.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { estimateRefusal } from "../../parts/estimate-refusal.server";
import { picked } from "../maintenance/commands.server";
import { completeCommand } from "./complete.server";

const version = z.coerce.number().int().positive();
const GONE = "That doesn't exist anymore. Reload the page.";
const reason = (message: string) => requiredText(300, message);

type Own = Exclude<ChangeRefusal, { kind: "not-allowed" } | { kind: "stale" } | { kind: "no-reason" } | { kind: "not-found" }>;

/** What a refused command on an order answers. */
export function orderRefusal(refusal: Own): Answer {
  switch (refusal.kind) {
    case "clock-elsewhere":
      return "Your clock was just started somewhere else. Check and try again.";
    case "collides":
      return "Someone else just changed this. Here is the latest version. Your entries are still here.";
    default:
      return refusal.message;
  }
}

/** A person's own clock on a job; on the order's page and on that of a technician. */
export const clockCommands = {
  start: staff.command({
    permission: "work-order:write",
    form: z.object({ job: idField("job", GONE) }),
    run({ services, session, id, form: { job: jobId } }) {
      const { id: me, name } = session.membership;
      return startClock(services, { workOrderId: id("workOrder"), jobId, technician: { id: me, name } });
    },
    done: ({ stoppedElsewhere }) => (stoppedElsewhere ? "Your clock is running here. The one on the other order was stopped." : "Your clock is running."),
    refuse: orderRefusal,
  }),
  stop: staff.command({
    permission: "work-order:write",
    form: z.object({ entry: idField("laborEntry", GONE) }),
    run: ({ services, id, form: { entry: entryId } }) => changeWorkOrder(services, id("workOrder"), { intent: "stop-clock", entryId }),
    refuse: orderRefusal,
  }),
};

/** Has a job of the order count as what was checked. */
async function countAs(
  services: Parameters<typeof changeOrderWork>[0],
  order: Parameters<typeof changeOrderWork>[1],
  jobId: Id<"job">,
  scheduleIds: readonly Id<"schedule">[],
): Promise<Result<{ added: null }, AddRefusal>> {
  const counted = await changeOrderWork(services, order, { jobId, scheduleIds, counts: true });
  return counted.ok ? ok({ added: null }) : counted;
}

/** Everything that can be done on a work order's page. */
export const commands = staff.commands({
  move: staff.command({
    permission: "work-order:write",
    form: z.object({ version, to: z.enum(["open", "in-progress", "on-hold"]), hold: z.enum(holdReasons).optional() }),
    run: ({ services, id, form: { version: seen, to, hold = null } }) =>
      changeWorkOrder(services, id("workOrder"), { intent: "move", seen, to, holdReason: hold }),
    refuse: orderRefusal,
  }),
  complete: completeCommand,
  /** Where the unit has another owner now, the form names whose order it is. */
  arrive: staff.command({
    permission: "work-order:write",
    form: z.object({ owner: z.enum([...ownerChoices, ""]).default("") }),
    run: ({ services, id, form: { owner } }) => arriveUnit(services, id("workOrder"), owner === "" ? null : owner),
    goTo: (_, order) => paths.staff.order(order),
    refuse: (refusal) => (refusal.kind === "other-owner" ? onField("owner", "Choose whose order this is.") : orderRefusal(refusal)),
  }),
  "add-service": staff.command({
    permission: "work-order:write",
    form: z.looseObject({ job: z.string().default("") }),
    run: ({ services, id, form }): Promise<Result<{ added: number | null }, AddRefusal>> => {
      const jobId = parseId("job", form.job);
      return jobId ? countAs(services, id("workOrder"), jobId, picked(form)) : addServiceToOrder(services, id("workOrder"), picked(form));
    },
    done: ({ added }) =>
      added === null ? "Counts as done with that job." : added === 1 ? "Added as a job of this order." : `${added} jobs added to this order.`,
    refusals: { "nothing-due": "Check what to add. What is on a work order already isn't added twice." },
  }),
  "leave-out-service": staff.command({
    permission: "work-order:write",
    form: z.object({ schedule: idField("schedule", GONE), job: idField("job", GONE) }),
    run: ({ services, id, form: { schedule, job: jobId } }) => changeOrderWork(services, id("workOrder"), { jobId, scheduleIds: [schedule], counts: false }),
    done: "That job doesn't count as this maintenance anymore.",
    refusals: { "nothing-due": "That job doesn't count as this maintenance anymore." },
  }),
  release: staff.command({
    permission: "work-order:write",
    form: noFields,
    run: ({ services, id }) => changeWorkOrder(services, id("workOrder"), { intent: "release" }),
    done: "Release recorded.",
    refuse: orderRefusal,
  }),
  reopen: staff.command({
    permission: "work-order:reopen",
    form: z.object({ why: reason("Enter the reason for reopening it."), anew: switched }),
    run: ({ services, id, form: { why, anew } }) => changeWorkOrder(services, id("workOrder"), { intent: "reopen", why, anew }),
    refuse: orderRefusal,
  }),
  cancel: staff.command({
    permission: "work-order:write",
    form: z.object({ why: reason("Enter the reason for canceling it.") }),
    run: ({ services, id, form: { why } }) => cancelOrder(services, id("workOrder"), why),
    refuse: orderRefusal,
  }),
  head: staff.command({
    permission: "work-order:write",
    form: z.object({
      version,
      title: requiredText(120, "Enter what's wrong in a few words."),
      lead: z.string(),
      promised: z.string(),
      purchaseOrder: z.string().trim().max(40, "Use at most 40 characters."),
    }),
    async run({ services, session, id, form }) {
      const { order } = orNotFound(await readOrderRecord(services, id("workOrder")));
      const promised = readPromise(form.promised, session.organization.zone, services.clock.now(), order.promisedAt);
      if (!promised.ok) return err(invalid({ promised: promised.error }));
      const lead = (await readStaff(services)).find((person) => person.id === form.lead) ?? null;
      const head = { title: form.title, lead: lead && { id: lead.id, name: lead.name }, promisedAt: promised.value, purchaseOrder: form.purchaseOrder || null };
      return changeWorkOrder(services, id("workOrder"), { intent: "change-head", seen: form.version, head });
    },
    refuse: orderRefusal,
  }),
  ...clockCommands,
  correct: staff.command({
    permission: "labor:correct",
    form: z.object({ entry: idField("laborEntry", GONE), from: z.string(), to: z.string(), why: z.string().trim().max(300, "Use at most 300 characters.") }),
    async run({ services, session, id, form: { entry: entryId, from, to, why } }): Promise<Result<unknown, ChangeRefusal | ReturnType<typeof invalid>>> {
      const { zone } = session.organization;
      const [startedAt, stoppedAt] = [localInstant(from, zone), localInstant(to, zone)];
      if (startedAt === null) return err(invalid({ from: "Enter the time." }));
      if (stoppedAt === null) return err(invalid({ to: "Enter the time." }));
      return changeWorkOrder(services, id("workOrder"), { intent: "correct-clock", entryId, startedAt, stoppedAt, why });
    },
    refuse: (refusal) => (refusal.kind === "bad-times" ? onField("to", refusal.message) : orderRefusal(refusal)),
  }),
  discard: staff.command({
    permission: "work-order:write",
    form: z.object({ entry: idField("laborEntry", GONE), why: reason("Enter the reason for discarding it.") }),
    run: ({ services, id, form: { entry: entryId, why } }) => discardClock(services, id("workOrder"), { entryId, why }),
    done: () => "Clock discarded.",
    refuse: orderRefusal,
  }),
  "remove-job": staff.command({
    permission: "work-order:write",
    form: z.object({ version, job: idField("job", GONE), why: z.string().trim().max(300, "Use at most 300 characters.").default("") }),
    run: ({ services, id, form: { version: seen, job: jobId, why } }) =>
      changeWorkOrder(services, id("workOrder"), { intent: "remove-job", seen, jobId, ...(why ? { why } : {}) }),
    refuse: orderRefusal,
  }),
  /** The fleet certified the repair itself, and the shop keeps its job all the same. */
  "keep-job": staff.command({
    permission: "line:authorize",
    form: z.object({ defect: idField("defect", GONE), round: version, why: reason("Enter why the job stays on this order.") }),
    run: ({ services, form: { defect: defectId, round, why } }) => keepRepairJob(services, { defectId, round, why }),
    done: "The job stays. Your reason is in the activity.",
    refusals: { "not-found": missing(GONE) },
  }),
  canned: staff.command({
    permission: "work-order:write",
    form: z.object({ job: idField("job", GONE), canned: idField("cannedJob", "Choose a canned job.") }),
    run: ({ services, id, form: { job: jobId, canned: cannedJobId } }) => addCannedWork(services, id("workOrder"), { jobId, cannedJobId }),
    refuse: orderRefusal,
  }),
  note: staff.command({
    permission: "work-order:write",
    form: z.object({ id: idField("event", GONE), text: requiredText(2_000, "Write the note first.") }),
    async run({ services, id, form: { id: noteId, text } }): Promise<Result<{ noteId: string }, { kind: "not-found" } | { kind: "id-taken" }>> {
      const added = await addNote(services, id("workOrder"), { noteId, text });
      return added.ok ? ok({ noteId }) : added;
    },
    done: ({ noteId }) => ({ done: "Note added.", addedNoteId: noteId }),
  }),
  /** The customer's decision about a line, given outside an estimate. */
  decide: staff.command({
    permission: "line:authorize",
    form: z.object({
      line: idField("line", GONE),
      outcome: z.enum(["approved", "declined"], "Choose what the customer decided."),
      how: z.enum(["phone", "in person", "mail"]).default("phone"),
      by: requiredText(100, "Enter who decided."),
      reason: z.string().trim().max(300, "Use at most 300 characters."),
      split: switched,
    }),
    run: ({ services, id, form: { line: lineId, ...decision } }) => recordLineDecision(services, id("workOrder"), { lineId, ...decision }),
    done: "Decision recorded.",
    refusals: {
      "no-reason": onField("reason", "The customer approved this line before. Enter the reason."),
      "not-found": missing(GONE),
    },
  }),
  /** The customer approved all open lines by phone or at the counter, before an estimate was sent. */
  approve: staff.command({
    permission: "line:authorize",
    form: z.looseObject({
      id: idField("estimate", GONE),
      how: z.enum(["phone", "in person"]).default("phone"),
      signed: answerFields.signed,
      notToExceed: answerFields.notToExceed,
      purchaseOrder: answerFields.purchaseOrder,
      note: answerFields.note,
    }),
    run({ services, session, request, id, form }) {
      const from = {
        who: form.signed,
        how: form.how,
        recordedBy: session.membership.name,
        email: null,
        ip: addressOf(request),
        userAgent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
      };
      const { purchaseOrder, note } = form;
      const notToExceed = form.notToExceed === "" ? null : parseMoney(form.notToExceed);
      const options = picksIn(form);
      return recordApproval(services, id("workOrder"), { estimateId: form.id, from, purchaseOrder, note, notToExceed, options });
    },
    done: "Approval recorded. The estimate keeps what was approved.",
    refuse: (refusal, args) =>
      refusal.kind === "incomplete" && refusal.message === TOO_LOW ? onField("notToExceed", TOO_LOW) : estimateRefusal(refusal, args),
  }),
  /** The shop's own decision about a line: warranty, internal, or work that it does without authorization. */
  reason: staff.command({
    permission: "line:authorize",
    form: z.object({ line: idField("line", GONE), ground: z.enum(grounds), reason: reason("Enter the reason. It stays on record.") }),
    run: ({ services, session, id, form: { line: lineId, ground, reason: why } }) =>
      recordLineDecision(services, id("workOrder"), { lineId, outcome: "reasoned", ground, reason: why, by: session.membership.name }),
    done: "Decision recorded.",
    refusals: { "not-found": missing(GONE) },
  }),
  /** Another option of a job than the one that was chosen. */
  switch: staff.command({
    permission: "line:authorize",
    form: z.object({
      job: idField("job", GONE),
      option: idField("option", "Choose an option."),
      by: z.enum(["customer by phone", "customer in person", "shop"], "Choose who decided."),
      who: z.string().trim().max(100, "Use at most 100 characters.").default(""),
      reason: z.string().trim().max(300, "Use at most 300 characters.").default(""),
    }),
    async run({ services, session, id, form: { job: jobId, option, by, who, reason: why } }) {
      const wanted = { jobId, option, reason: why };
      if (by === "shop") return recordOptionSwitch(services, id("workOrder"), { ...wanted, by: "shop", who: session.membership.name });
      if (who === "") return err(invalid({ who: "Enter who decided." }));
      const how = by === "customer by phone" ? "phone" : "in person";
      return recordOptionSwitch(services, id("workOrder"), { ...wanted, by: "customer", how, who });
    },
    done: (_, { form: { by } }) => (by === "shop" ? "Option switched. The customer gets an email with your reason." : "Option switched."),
    refusals: { "no-reason": onField("reason", "Enter the reason. The customer reads it."), "not-found": missing(GONE) },
  }),
});
