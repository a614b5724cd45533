import * as z from "zod";
import { defineEffects, mail } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { idOf } from "~/modules/audit/event-fields";
import { type VendorMail, vendorMails } from "./mail/mail-events";

const vendorJobId = idOf("vendorJob");

export const vendorJobEffects = defineEffects({
  "mail.vendor-job": mail(
    z.object({ vendorJobId, template: z.enum(vendorMails), nth: z.union([z.number(), z.string()]), byPhone: z.boolean() }),
    "A mail about a vendor job",
    ({ vendorJobId: id }) => id,
  ),
});

/**
 * `nth` names what the mail is about: a revision, a submission, a version of the job or a message. A vendor that works
 * `byPhone` has no portal, so its mail has no link.
 */
export const mailEffect = (id: Id<"vendorJob">, template: VendorMail, nth: number | string, byPhone: boolean) =>
  vendorJobEffects.of("mail.vendor-job", `mail.vendor-job:${id}:${template}:${nth}`, { vendorJobId: id, template, nth, byPhone });
