import { type MailTemplate, notificationRows } from "~/modules/notifications/notification-table";
import type { VendorJobCommand } from "../decide";

type Named<T> = T extends `vendor-job-${infer Name}` ? Name : never;
/** The mails about vendor jobs, to the vendor and to the shop. */
export type VendorMail = Named<MailTemplate>;
const PREFIX = "vendor-job-";
export const vendorMails = notificationRows.flatMap(({ mails }) =>
  Object.keys(mails).flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])),
) as [VendorMail, ...VendorMail[]]; // the mails of the table that begin so

/** Which mail follows which command. */
export const templateOf: Record<VendorJobCommand["intent"], VendorMail | null> = {
  accept: "accepted",
  decline: "declined",
  recall: "recalled",
  reassign: null,
  "call-off": "called-off",
  "submit-estimate": "estimate-submitted",
  withdraw: "estimate-withdrawn",
  "approve-estimate": "estimate-approved",
  "decline-estimate": "estimate-declined",
  complete: "completed",
  "submit-invoice": "invoice-submitted",
  "withdraw-invoice": "invoice-withdrawn",
  "approve-invoice": "invoice-approved",
  dispute: "invoice-disputed",
  reverse: "invoice-reversed",
  "mark-paid": null,
  "remove-paid": null,
};
