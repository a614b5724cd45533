import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { plans } from "~/kernel/plans";
import { savedFields } from "~/modules/audit/event-fields";
import { numbered, numberedKinds } from "./numbering/numbering";

/** The whole of a shop's details: its journal is where they are kept. */
const details = z.object({
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  remitTo: z.string().nullable(),
  taxId: z.string().nullable(),
  paymentTerms: z.string().nullable(),
  brandColor: z.string(),
  zone: z.string(),
  locale: z.string(),
  distanceUnit: z.enum(["mi", "km"]),
  currency: z.string(),
  logo: z.string().nullable(),
});
const rules = savedFields({});
const plan = z.enum(plans);

export const organizationJournal = defineEvents({
  "shop.opened": event(z.object({ slug: z.string(), owner: z.string() }), ({ owner }) => `Shop opened: ${owner}`),
  "shop.changed": event(z.object({ changes: z.string(), before: details, after: details }), ({ changes }) => `Shop details changed: ${changes}`),
  "rates.changed": event(z.object({ before: rules, after: rules }), "Rates and taxes changed"),
  "numbering.moved": event(
    z.object({ kind: z.enum(numberedKinds), before: z.number().nullable(), next: z.number() }),
    ({ kind, next }) => `Next ${numbered[kind].label} number set to ${next}`,
  ),
  "plan.set": event(z.object({ from: plan, to: plan }), ({ from, to }) => `Plan set from ${from} to ${to}`),
  "session-rules.set": event(
    z.object({ staffHours: z.number(), vendorDays: z.number(), customerDays: z.number(), customerCapDays: z.number().nullable() }),
    "Sign-in rules set",
  ),
});
