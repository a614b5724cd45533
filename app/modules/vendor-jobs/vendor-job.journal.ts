import * as z from "zod";
import { defineEvents, type EventOf, event } from "~/kernel/events";
import { cents, idOf, quantity } from "~/modules/audit/event-fields";
import { lineKinds } from "~/modules/work-orders/jobs/job";
import { jobNumber } from "./labels";

/** `onBehalfOf`: the vendor without a portal for whom staff recorded it. */
const its = { number: z.number(), vendor: z.string(), onBehalfOf: z.string().optional() };
type Its = { number: number; vendor: string; onBehalfOf?: string };
const why = { ...its, why: z.string() };
const estimate = { ...its, revision: z.number() };
const invoice = { ...its, submission: z.number() };

/** Never with a price. */
const askedLine = z.object({ kind: z.enum(lineKinds), text: z.string(), quantity, partNumber: z.string().nullable() });

const named = ({ number, vendor }: Its): string => `${jobNumber(number)}, ${vendor}`;
const quoted = (text: string | undefined): string | null => (text ? `“${text}”` : null);
/** What the job's own activity adds below the title. */
const details = ({ onBehalfOf, why: reason, note, pays, override }: Its & { why?: string; note?: string; pays?: boolean; override?: string }): string | null =>
  [
    quoted(reason),
    quoted(note),
    onBehalfOf && `Recorded for ${onBehalfOf}`,
    pays && "The vendor can still bill for work done so far.",
    override && `Over budget: “${override}”`,
  ]
    .filter(Boolean)
    .join("\n") || null;

/** `title` in the job's own activity; the label adds the job's name. */
const about = <Body extends Its>(body: z.ZodType<Body>, title: string) =>
  event<Body>(body, { label: (it) => `${title}: ${named(it)}`, title, detail: details });

export const vendorJobJournal = defineEvents({
  "vendor-job.sent": event(
    z.object({
      vendor: z.string(),
      title: z.string(),
      instructions: z.string(),
      dueDay: z.string().nullable(),
      notToExceed: cents.nullable(),
      needsEstimate: z.boolean(),
      sharesCustomer: z.boolean(),
      /** What is asked, as the lines read then; the mail repeats it. */
      lines: z.array(askedLine).readonly().optional(),
    }),
    { label: ({ vendor, title }) => `Vendor job sent to ${vendor}: ${title}`, title: ({ vendor }) => `Sent to ${vendor}` },
  ),
  "vendor-job.accepted": about(z.object(its), "Vendor accepted"),
  "vendor-job.declined": about(z.object(why), "Vendor declined"),
  "vendor-job.taken-back": event(z.object(why), {
    label: ({ number, vendor }) => `Vendor job ${jobNumber(number)} taken back from ${vendor}`,
    title: ({ vendor }) => `Taken back from ${vendor}`,
    detail: details,
  }),
  /** `vendor`: the one that has it now. */
  "vendor-job.reassigned": event(z.object({ ...its, to: idOf("vendorJob") }), {
    label: ({ number, vendor }) => `Vendor job ${jobNumber(number)} reassigned to ${vendor}`,
    title: ({ vendor }) => `Reassigned to ${vendor}`,
  }),
  "vendor-job.canceled": about(z.object({ ...why, pays: z.boolean() }), "Vendor job canceled"),
  "vendor-job.estimate-submitted": about(z.object({ ...estimate, total: cents }), "Vendor estimate submitted"),
  "vendor-job.estimate-withdrawn": about(z.object(estimate), "Vendor estimate withdrawn"),
  "vendor-job.estimate-approved": about(z.object({ ...estimate, total: cents, override: z.string().optional() }), "Vendor estimate approved"),
  "vendor-job.estimate-declined": about(z.object({ ...estimate, why: z.string() }), "Vendor estimate sent back"),
  "vendor-job.completed": about(z.object({ ...its, note: z.string().optional() }), "Vendor work completed"),
  "vendor-job.invoice-submitted": about(z.object({ ...invoice, reference: z.string(), total: cents }), "Vendor invoice submitted"),
  "vendor-job.invoice-withdrawn": about(z.object({ ...invoice, reference: z.string() }), "Vendor invoice withdrawn"),
  "vendor-job.invoice-approved": about(
    z.object({ ...invoice, amount: cents, price: cents, variance: cents.optional(), why: z.string().optional(), override: z.string().optional() }),
    "Vendor invoice approved",
  ),
  "vendor-job.invoice-disputed": about(z.object({ ...invoice, why: z.string() }), "Vendor invoice disputed"),
  "vendor-job.invoice-reversed": about(z.object({ ...invoice, amount: cents, why: z.string() }), "Vendor invoice's approval reversed"),
  "vendor-job.paid": about(z.object({ ...its, day: z.string(), reference: z.string() }), "Vendor invoice marked as paid"),
  "vendor-job.paid-removed": about(z.object(why), "Vendor invoice's paid mark removed"),
  "vendor-message.written": event(z.object({ text: z.string() }), { label: "Message about a vendor job", detail: ({ text }) => text }),
  "outside-budget.set": event(z.object({ amount: cents.nullable() }), ({ amount }) =>
    amount === null ? "Limit on a work order's outside work removed" : "Limit on a work order's outside work set",
  ),
  "outside-spending.counted": event(z.object({ vendorJobId: idOf("vendorJob") }), "Outside work counted against a budget"),
});
export type VendorJobEvent = EventOf<typeof vendorJobJournal>;
