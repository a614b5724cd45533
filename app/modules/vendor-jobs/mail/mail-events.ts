import type { StaffEvent } from "~/modules/notifications/staff-events";
import type { VendorJobCommand } from "../decide";

/** Mails to the vendor about what the shop did. */
export const toVendor = [
  "assigned",
  "recalled",
  "called-off",
  "estimate-approved",
  "estimate-declined",
  "invoice-approved",
  "invoice-disputed",
  "invoice-reversed",
  "message-from-shop",
] as const;
/** Mails to the shop, each with the staff event that people can turn off. */
export const toShop = {
  accepted: "vendor-job.answered",
  declined: "vendor-job.answered",
  "estimate-submitted": "vendor-job.estimate",
  "estimate-withdrawn": "vendor-job.estimate",
  completed: "vendor-job.completed",
  "invoice-submitted": "vendor-job.invoice",
  "invoice-withdrawn": "vendor-job.invoice",
  "message-from-vendor": "vendor-job.message",
} as const satisfies Record<string, StaffEvent>;
export type VendorMail = (typeof toVendor)[number] | keyof typeof toShop;
export const vendorMails = [...toVendor, ...(Object.keys(toShop) as (keyof typeof toShop)[])] as [VendorMail, ...VendorMail[]]; // the names in the tables above

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
