import * as z from "zod";
import { defineEvents, type EventOf, event } from "~/kernel/events";
import { cents, idOf } from "~/modules/audit/event-fields";
import { estimateNumber } from "./format";

const title = z.object({ title: z.string() });
const revision = { revision: z.number() };
const lines = z.array(idOf("line")).readonly();
const answer = z.object({
  ...revision,
  number: z.number(),
  who: z.string(),
  how: z.enum(["portal", "phone", "in person"]),
  hash: z.string(),
  approvedTotal: cents,
  total: cents,
  approved: lines,
  declined: lines,
  unchosen: lines,
  split: lines.optional(),
  note: z.string(),
  purchaseOrder: z.string(),
  notToExceed: cents.nullable(),
});
const answered = (result: string, tone: "green" | "amber" | "red") =>
  event(answer, { label: ({ number, who }) => `Estimate ${estimateNumber(number)} ${result} by ${who}`, title: `Estimate ${result}`, tone });

export const estimateJournal = defineEvents({
  "estimate.written": event(title, { label: ({ title: its }) => `Estimate written: ${its}`, title: "Estimate written" }),
  "estimate.changed": event(title, { label: ({ title: its }) => `Estimate changed: ${its}`, title: "Estimate changed" }),
  "estimate.sent": event(z.object({ ...revision, number: z.number(), total: cents, hash: z.string() }), {
    label: ({ number }) => `Estimate ${estimateNumber(number)} sent`,
    title: "Estimate sent",
    tone: "blue",
  }),
  "estimate.sent-again": event(z.object(revision), "Estimate sent again"),
  "estimate.revised": event(z.object(revision), "Estimate revised"),
  "estimate.viewed": event(z.object(revision), "Estimate viewed"),
  "estimate.colleague-asked": event(z.object(revision), { label: "Colleague asked to decide on an estimate", title: "Colleague asked to decide" }),
  "estimate.approved": answered("approved", "green"),
  "estimate.partly-approved": answered("partly approved", "green"),
  "estimate.declined": answered("declined", "red"),
  "estimate.sent-back": answered("sent back for changes", "amber"),
  "estimate.withdrawn": event(z.object({ number: z.number(), why: z.string() }), {
    label: ({ number, why }) => `Estimate ${estimateNumber(number)} withdrawn: ${why}`,
    title: "Estimate withdrawn",
    detail: ({ why }) => why,
    tone: "amber",
  }),
  "estimate-message.written": event(z.object({ text: z.string() }), { label: "Message about an estimate", detail: ({ text }) => text }),
});
export type EstimateEvent = EventOf<typeof estimateJournal>;
