import * as z from "zod";
import { defineEvents, type EventOf, event } from "~/kernel/events";
import { formatDuration, MINUTE } from "~/kernel/time";
import { cents, idOf, instant, savedFields } from "~/modules/audit/event-fields";
import { type Ground, grounds, type Outcome, outcomes } from "./lines/line-decision";
import { boardStates, holdLabels, holdReasons, stateLabels } from "./work-order";

const state = z.enum([...boardStates, "invoiced", "canceled"]);
/** The order by number and title, for the activity of its unit. */
const order = { number: z.number(), order: z.string() };
const move = z.object({ ...order, from: state, to: state, holdReason: z.enum(holdReasons).nullable() });
const leaving = z.object({ ...order, from: state, to: state, why: z.string() });
const invoice = z.object({ ...order, invoice: idOf("invoice"), why: z.string().optional() });
const job = { ...order, job: z.number() };
const texts = z.array(z.string()).readonly().optional();
const content = savedFields({
  ...job,
  complaint: z.string(),
  cause: z.string(),
  correction: z.string(),
  added: texts,
  changed: texts,
  removed: texts,
  /** The options in words, where they changed. */
  options: z.string().optional(),
  why: z.string().optional(),
});
const onEstimate = z.object({ ...order, lines: z.array(z.string()).readonly() });
const outsideCost = z.object({ ...order, name: z.string() });
const outside = z.object({ ...order, name: z.string() });
const clock = { ...order, job: z.number().nullable(), technician: z.string() };
const period = z.object({ startedAt: instant, stoppedAt: instant.nullable() });
const canned = savedFields({ name: z.string() });
const of = ({ job: its }: { job: number | null }): string => (its === null ? "a job" : `job ${its}`);

export const workOrderJournal = defineEvents({
  "work-order.opened": event(z.object({ state, complaint: z.string(), request: savedFields({ by: z.string() }).optional(), from: z.number().optional() }), {
    label: ({ request, state: first }) =>
      request ? "Work order requested in the portal" : first === "draft" ? "Work order created as a draft" : "Work order opened",
    title: ({ request, state: first, from }) =>
      request ? "Requested in the portal" : from ? `Opened for work of WO-${from}` : first === "draft" ? "Created as a draft" : "Opened",
    detail: ({ complaint }) => complaint,
    tone: "blue",
  }),
  "work-order.requested-again": event(z.object({ ...order, complaint: z.string() }), {
    label: ({ number }) => `WO-${number} requested again in the portal`,
    title: "Requested again in the portal",
    detail: ({ complaint }) => complaint,
    tone: "blue",
  }),
  "work-order.moved": event(move, {
    label: ({ number, from, to, holdReason }) =>
      holdReason ? `WO-${number} put on hold: ${holdLabels[holdReason]}` : `WO-${number} moved from ${spaced(from)} to ${spaced(to)}`,
    title: ({ to, holdReason }) => (holdReason ? `On hold: ${holdLabels[holdReason]}` : `Moved to ${stateLabels[to]}`),
    tone: ({ to }) => (to === "on-hold" ? "amber" : "blue"),
  }),
  "work-order.arrived": event(z.object(order), { label: ({ number }) => `Unit arrived for WO-${number}`, title: "Unit arrived", tone: "blue" }),
  "work-order.released": event(z.object(order), { label: ({ number }) => `Unit released from WO-${number}`, title: "Unit released", tone: "blue" }),
  "work-order.completed": event(move.extend({ why: z.string().optional() }), {
    label: ({ number, why }) => `WO-${number} completed${why ? `: ${why}` : ""}`,
    title: "Completed",
    detail: ({ why }) => why ?? null,
    tone: "green",
  }),
  "work-order.reopened": event(leaving.extend({ anew: z.boolean().optional() }), {
    label: ({ number, why }) => `WO-${number} reopened: ${why}`,
    title: ({ anew }) => (anew ? "Reopened, to be done again" : "Reopened"),
    detail: ({ why }) => why,
    tone: "amber",
  }),
  "work-order.canceled": event(leaving, {
    label: ({ number, why }) => `WO-${number} canceled: ${why}`,
    title: "Canceled",
    detail: ({ why }) => why,
    tone: "red",
  }),
  "work-order.invoiced": event(invoice, {
    label: ({ number }) => `WO-${number} invoiced`,
    title: "Invoiced",
    detail: ({ why }) => why ?? null,
    tone: "green",
  }),
  "work-order.invoice-voided": event(invoice, {
    label: ({ number }) => `Invoice of WO-${number} voided`,
    title: "Invoice voided, ready to invoice again",
    tone: "amber",
  }),
  "work-order.changed": event(savedFields({ ...order, title: z.string() }), {
    label: ({ number }) => `WO-${number} details changed`,
    title: "Details changed",
    detail: ({ title }) => title,
  }),
  "job.added": event(content, {
    label: ({ number, job: its }) => `Job ${its} added to WO-${number}`,
    title: ({ job: its }) => `Job ${its} added`,
    detail: ({ complaint, options }) => [complaint, options].filter(Boolean).join(". "),
  }),
  "job.changed": event(content, {
    label: ({ number, job: its }) => `Job ${its} of WO-${number} updated`,
    title: ({ job: its }) => `Job ${its} updated`,
    detail: ({ correction, cause, added, changed, removed, options, why }) =>
      [listed("Added", added), listed("Changed", changed), listed("Removed", removed), options, why].filter(Boolean).join(". ") || correction || cause,
  }),
  "job.removed": event(z.object({ ...job, complaint: z.string(), why: z.string().optional() }), {
    label: ({ number, job: its }) => `Job ${its} removed from WO-${number}`,
    title: ({ job: its }) => `Job ${its} removed`,
    detail: ({ complaint, why }) => [complaint, why].filter(Boolean).join(". "),
  }),
  "lines.revived": event(onEstimate, {
    label: ({ number }) => `Deferred work added to WO-${number}`,
    title: "Deferred work added",
    detail: ({ lines }) => lines.join(", "),
    tone: "blue",
  }),
  "defects.added": event(onEstimate, {
    label: ({ number }) => `Defects from inspections added to WO-${number}`,
    title: "Defects from inspections added",
    detail: ({ lines }) => lines.join(", "),
    tone: "blue",
  }),
  "service.added": event(onEstimate, {
    label: ({ number }) => `Due maintenance added to WO-${number}`,
    title: "Due maintenance added",
    detail: ({ lines }) => lines.join(", "),
    tone: "blue",
  }),
  "estimate-lines.chosen": event(onEstimate, {
    label: ({ number }) => `Lines of WO-${number} put on an estimate`,
    title: "Estimate started",
    detail: ({ lines }) => lines.join(", "),
  }),
  "estimate-lines.sent": event(onEstimate, {
    label: ({ number }) => `Lines of WO-${number} offered to the customer`,
    title: "Offered to the customer",
    detail: ({ lines }) => lines.join(", "),
    tone: "blue",
  }),
  "estimate-lines.withdrawn": event(onEstimate, {
    label: ({ number }) => `Estimate for WO-${number} withdrawn`,
    title: "Estimate withdrawn",
    detail: ({ lines }) => lines.join(", "),
    tone: "amber",
  }),
  "estimate-lines.expired": event(onEstimate, {
    label: ({ number }) => `Estimate for WO-${number} expired`,
    title: "Estimate expired",
    detail: ({ lines }) => lines.join(", "),
    tone: "amber",
  }),
  "lines.decided": event(z.object({ ...order, who: z.string(), chosen: texts, approved: texts, declined: texts, unchosen: texts }), {
    label: ({ number, who }) => `${who} answered an estimate for WO-${number}`,
    title: ({ who }) => `${who} answered the estimate`,
    detail: ({ chosen, approved, declined, unchosen }) =>
      [listed("Chose", chosen), listed("Approved", approved), listed("Declined", declined), listed("Not chosen", unchosen)].filter(Boolean).join(". ") || null,
    tone: ({ approved }) => (approved && approved.length > 0 ? "green" : "amber"),
  }),
  "line.decided": event(
    z.object({
      ...order,
      line: z.string(),
      outcome: z.enum(outcomes),
      ground: z.enum(grounds).nullable(),
      who: z.string(),
      reason: z.string(),
      splits: z.boolean().optional(),
    }),
    {
      label: ({ number, line, outcome, ground }) => `${decisionLabel(outcome, ground)} on WO-${number}: ${line}`,
      title: ({ outcome, ground, who }) => `${decisionLabel(outcome, ground)} (${who})`,
      detail: ({ line, reason, splits }) =>
        [reason ? `${line}: ${reason}` : line, splits ? "Splits lines that were offered all or nothing" : ""].filter(Boolean).join(". "),
      tone: ({ outcome }) => (outcome === "approved" ? "green" : "amber"),
    },
  ),
  "option.switched": event(
    z.object({ ...job, from: z.string(), to: z.string(), who: z.string(), isShop: z.boolean(), reason: z.string(), before: cents, after: cents }),
    {
      label: ({ number, job: its, to }) => `Job ${its} of WO-${number} switched to "${to}"`,
      title: ({ to, who }) => `Switched to "${to}" (${who})`,
      detail: ({ from, reason }) => [`Before: "${from}"`, reason].filter(Boolean).join(". "),
      tone: "amber",
    },
  ),
  "outside-work.added": event(outside, {
    label: ({ number, name }) => `Added to WO-${number}: ${name}`,
    title: "Outside work added",
    detail: ({ name }) => name,
  }),
  "outside-work.cost-set": event(outsideCost, {
    label: ({ number, name }) => `Vendor's cost added to WO-${number}: ${name}`,
    title: "Vendor's cost added",
    detail: ({ name }) => name,
  }),
  "outside-work.cost-removed": event(outsideCost, {
    label: ({ number, name }) => `Vendor's cost removed from WO-${number}: ${name}`,
    title: "Vendor's cost removed",
    detail: ({ name }) => name,
    tone: "amber",
  }),
  "outside-work.removed": event(outside, {
    label: ({ number, name }) => `Outside work removed from WO-${number}: ${name}`,
    title: "Outside work removed",
    detail: ({ name }) => name,
  }),
  "clock.started": event(z.object(clock), {
    label: ({ number, technician, ...it }) => `${technician} started on ${of(it)} of WO-${number}`,
    title: ({ technician, ...it }) => `${technician} started on ${of(it)}`,
    tone: "green",
  }),
  "clock.stopped": event(z.object({ ...clock, minutes: z.number() }), {
    label: ({ number, technician, ...it }) => `${technician} stopped on ${of(it)} of WO-${number}`,
    title: ({ technician, ...it }) => `${technician} stopped on ${of(it)}`,
    detail: ({ minutes }) => formatDuration(minutes * MINUTE),
  }),
  "clock.corrected": event(z.object({ ...clock, why: z.string(), before: period, after: period }), {
    label: ({ number, technician, why, ...it }) => `${technician}'s time on ${of(it)} of WO-${number} corrected: ${why}`,
    title: ({ technician, ...it }) => `${technician}'s time on ${of(it)} corrected`,
    detail: ({ why }) => why,
    tone: "amber",
  }),
  "clock.discarded": event(z.object({ ...clock, why: z.string(), period }), {
    label: ({ number, technician, why, ...it }) => `${technician}'s clock on ${of(it)} of WO-${number} discarded: ${why}`,
    title: ({ technician, ...it }) => `${technician}'s clock on ${of(it)} discarded`,
    detail: ({ why }) => why,
    tone: "amber",
  }),
  "note.added": event(z.object({ text: z.string() }), { label: "Work order note", title: "Note", detail: ({ text }) => text }),
  "canned-job.added": event(canned, ({ name }) => `Canned job added: ${name}`),
  "canned-job.changed": event(canned, ({ name }) => `Canned job changed: ${name}`),
  "canned-job.archived": event(z.object({ name: z.string() }), ({ name }) => `Canned job archived: ${name}`),
});
export type WorkOrderEvent = EventOf<typeof workOrderJournal>;

function decisionLabel(outcome: Outcome, ground: Ground | null): string {
  if (outcome === "reasoned") return ground === "warranty" ? "Warranty work" : ground === "internal" ? "Internal work" : "Shop's decision";
  if (outcome === "withdrawn") return "Line withdrawn";
  if (outcome === "unanswered") return "Line not answered";
  return outcome === "approved" ? "Line approved" : "Line declined";
}
const listed = (verb: string, texts: readonly string[] | undefined): string | null => (texts && texts.length > 0 ? `${verb}: ${texts.join(", ")}` : null);
const spaced = (text: string): string => text.replaceAll("-", " ");
