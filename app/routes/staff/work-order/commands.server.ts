import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { localInstant } from "~/kernel/time";
import { parseReading } from "~/kernel/units";
import { meterOf } from "~/modules/assets/meter";
import { recordMeterReading } from "~/modules/assets/record-meter-reading.server";
import { readStaff } from "~/modules/people/staff.read.server";
import { cancelOrder } from "~/modules/vendor-jobs/cancel-order.server";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { addNote } from "~/modules/work-orders/activity/add-note.server";
import { addCannedJob } from "~/modules/work-orders/canned-jobs/add-canned-job.server";
import { type ChangeRefusal, changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { startClock } from "~/modules/work-orders/jobs/start-clock.server";
import { readPromise } from "~/modules/work-orders/tracker/promise";
import { holdReasons } from "~/modules/work-orders/work-order";
import type { Authed } from "~/platform/http/authed.server";
import { asTyped } from "~/platform/http/form.server";
import { staff } from "~/platform/http/guards.server";
import { idTaken, orNotFound, problem } from "~/platform/http/problem.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";

const version = z.coerce.number().int().positive();
/** Everything that can be done on a work order's page. */
const OrderForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("move"), version, to: z.enum(["open", "in-progress", "on-hold"]), hold: z.enum(holdReasons).optional() }),
  z.object({
    intent: z.literal("complete"),
    version,
    reading: z.string(),
    unread: z.literal("on").optional(),
    why: z.string().trim().max(300, "Use at most 300 characters.").optional(),
  }),
  z.object({ intent: z.literal("reopen"), why: z.string().trim().min(1, "Enter the reason for reopening it.").max(300) }),
  z.object({ intent: z.literal("cancel"), why: z.string().trim().min(1, "Enter the reason for canceling it.").max(300) }),
  z.object({
    intent: z.literal("head"),
    version,
    title: z.string().trim().min(1, "Enter what's wrong in a few words.").max(120, "Use at most 120 characters."),
    lead: z.string(),
    promised: z.string(),
    purchaseOrder: z.string().trim().max(40, "Use at most 40 characters."),
  }),
  z.object({ intent: z.literal("start"), job: z.string() }),
  z.object({ intent: z.literal("stop"), entry: z.string() }),
  z.object({
    intent: z.literal("correct"),
    entry: z.string(),
    from: z.string(),
    to: z.string(),
    why: z.string().trim().max(300, "Use at most 300 characters."),
  }),
  z.object({ intent: z.literal("remove-job"), version, job: z.string() }),
  z.object({ intent: z.literal("canned"), job: z.string(), canned: z.string() }),
  z.object({ intent: z.literal("note"), id: z.string(), text: z.string().trim().min(1, "Write the note first.").max(2_000, "Use at most 2,000 characters.") }),
]);
type OrderForm = z.output<typeof OrderForm>;

const done = (message: string) => ({ problem: null, done: message });
const CLASH = { message: "Someone else just changed this. Here is the latest version. Your entries are still here." };
const GONE = { message: "That doesn't exist anymore. Reload the page." };

/** Runs one form of the work order's page. */
async function runOrderCommand(args: Authed<"staff", OrderForm>) {
  const { services, session, params, form } = args;
  const id = orNotFound(parseId("workOrder", params.orderId));
  const { role, id: me, name } = session.membership;
  const { zone } = session.organization;
  switch (form.intent) {
    case "move":
      return answer(await changeWorkOrder(services, id, { intent: "move", seen: form.version, to: form.to, holdReason: form.hold ?? null }), form);
    case "complete":
      return complete(args, id, form);
    case "reopen":
      if (!may("staff", role, "work-order:reopen")) return problem(403, { message: "Only an owner or manager can reopen an order." });
      return answer(await changeWorkOrder(services, id, { intent: "reopen", why: form.why }), form);
    case "cancel":
      return answer(await cancelOrder(services, id, form.why), form);
    case "head": {
      const promised = readPromise(form.promised, zone, services.clock.now());
      if (!promised.ok) return problem(422, { message: "Fix the highlighted fields.", fields: { promised: promised.error }, values: asTyped(form) });
      const lead = (await readStaff(services)).find((person) => person.id === form.lead) ?? null;
      const head = { title: form.title, lead: lead && { id: lead.id, name: lead.name }, promisedAt: promised.value, purchaseOrder: form.purchaseOrder || null };
      return answer(await changeWorkOrder(services, id, { intent: "change-head", seen: form.version, head }), form);
    }
    case "start": {
      const jobId = parseId("job", form.job);
      if (!jobId) return problem(404, GONE);
      const started = await startClock(services, { workOrderId: id, jobId, technician: { id: me, name } });
      return started.ok
        ? done(started.value.stoppedElsewhere ? "Your clock is running here. The one on the other order was stopped." : "Your clock is running.")
        : answer(started, form);
    }
    case "stop": {
      const entryId = parseId("laborEntry", form.entry);
      return entryId ? answer(await changeWorkOrder(services, id, { intent: "stop-clock", entryId }), form) : problem(404, GONE);
    }
    case "correct": {
      if (!may("staff", role, "labor:correct")) return problem(403, { message: "Only an owner or manager can correct time." });
      const [entryId, startedAt, stoppedAt] = [parseId("laborEntry", form.entry), localInstant(form.from, zone), localInstant(form.to, zone)];
      if (!entryId) return problem(404, GONE);
      if (startedAt === null || stoppedAt === null) return problem(422, { message: "Enter both times.", values: asTyped(form) });
      return answer(await changeWorkOrder(services, id, { intent: "correct-clock", entryId, startedAt, stoppedAt, why: form.why }), form);
    }
    case "remove-job": {
      const jobId = parseId("job", form.job);
      return jobId ? answer(await changeWorkOrder(services, id, { intent: "remove-job", seen: form.version, jobId }), form) : problem(404, GONE);
    }
    case "canned": {
      const [jobId, cannedJobId] = [parseId("job", form.job), parseId("cannedJob", form.canned)];
      if (!jobId || !cannedJobId) return problem(422, { message: "Choose a canned job." });
      return answer(await addCannedJob(services, id, { jobId, cannedJobId }), form);
    }
    case "note": {
      const noteId = parseId("event", form.id);
      if (!noteId) return problem(422, { message: "Something was missing from that form. Reload the page and try again.", values: asTyped(form) });
      const recorded = await addNote(services, id, { noteId, text: form.text });
      if (!recorded.ok && recorded.error.kind === "id-taken") return idTaken(asTyped(form));
      return recorded.ok ? { ...done("Note added."), addedNoteId: noteId } : problem(404, GONE);
    }
  }
}

/** Completes an order with its unit's meter reading, or without one if the meter can't be read. */
async function complete({ services }: Authed<"staff", OrderForm>, id: Id<"workOrder">, form: Extract<OrderForm, { intent: "complete" }>) {
  const { facts } = orNotFound(await readOrderRecord(services, id));
  const meter = meterOf[facts.kind];
  const displayValue = parseReading(form.reading);
  if (meter && form.unread !== "on" && displayValue === null) {
    const message = form.reading.trim() === "" ? "Enter the meter reading, or check that it can't be read." : "Enter a number such as 412,345.";
    return problem(422, { message: "Fix the highlighted fields.", fields: { reading: message }, values: asTyped(form) });
  }
  const completed = await completeOrder(services, id, { seen: form.version, why: form.why ?? "" });
  if (!completed.ok) {
    if (completed.error.kind !== "at-vendor") return answer({ ok: false, error: completed.error }, form);
    const { message } = completed.error;
    return problem(409, { message, fields: { why: message }, values: asTyped(form) });
  }
  if (!meter || displayValue === null) return done("Order completed.");
  const recorded = await recordMeterReading(services, {
    assetId: facts.assetId,
    meter,
    displayValue,
    source: `work order ${facts.number}`,
  });
  return done(recorded.value === "counted" ? "Order completed." : "Order completed. The meter reading doesn't fit the earlier ones and needs review.");
}

function answer(result: { ok: true } | { ok: false; error: ChangeRefusal }, values: Record<string, unknown>) {
  if (result.ok) return { problem: null, done: null };
  const typed = asTyped(values);
  const { error } = result;
  switch (error.kind) {
    case "collides":
    case "not-found":
      return problem(404, GONE);
    case "stale":
      return problem(409, { ...CLASH, values: typed });
    case "no-reason":
      return problem(422, { message: "Enter a reason.", values: typed });
    case "clock-elsewhere":
      return problem(409, { message: "Your clock was just started somewhere else. Check and try again." });
    default:
      return problem(409, { message: error.message, values: typed });
  }
}

export const commands = staff.action("work-order:write", OrderForm, runOrderCommand);
