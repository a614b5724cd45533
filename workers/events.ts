import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import { endDriverVehicles } from "~/modules/assets/driver-vehicles.server";
import { endUpload } from "~/modules/attachments/end-upload.server";
import { carryPortalAccess } from "~/modules/customers/carry-portal-access.server";
import { sendPortalInviteMail } from "~/modules/customers/send-portal-invite-mail.server";
import { carryDriverAccess, endPinSessions } from "~/modules/drivers/carry-driver-access.server";
import { placeApprovedWork } from "~/modules/estimates/place-approved-work.server";
import {
  sendEstimateAnsweredMail,
  sendEstimateColleagueMail,
  sendEstimateMessageMail,
  sendEstimateReadyMail,
} from "~/modules/estimates/send-estimate-mail.server";
import { sendInvoiceMail } from "~/modules/invoices/send-invoice-mail.server";
import { mailerOf } from "~/modules/notifications/mailer.server";
import { sendSetPasswordMail } from "~/modules/notifications/send-set-password-mail.server";
import { sendSignInMail } from "~/modules/notifications/send-sign-in-mail.server";
import { sendStaffDigest } from "~/modules/notifications/tell-staff.server";
import { carryOrganization } from "~/modules/organizations/change-organization.server";
import type { FleetPort } from "~/modules/telematics/fleet";
import { readRoster } from "~/modules/telematics/roster.store.server";
import { carryCosts } from "~/modules/vendor-jobs/carry-costs.server";
import { sendVendorJobMail } from "~/modules/vendor-jobs/send-vendor-job-mail.server";
import { vendorMails } from "~/modules/vendor-jobs/vendor-mail";
import { carryVendorAccess } from "~/modules/vendors/carry-vendor-access.server";
import type { BoardPort } from "~/modules/work-orders/board";
import { sendOrderReadyMail, sendServiceRequestMail } from "~/modules/work-orders/send-order-mails.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import type { EffectHandler } from "~/platform/outbox/drain.server";
import { papersOf } from "~/platform/paper/papers.server";
import type { Platform } from "~/platform/platform.server";

const LinkFacts = z.object({ linkId: z.string().transform((id) => id as Id<"link">) });
const PasswordFacts = LinkFacts.extend({ reason: z.enum(["invitation", "reset"]) });
const VendorFacts = z.object({ vendorId: z.string().transform((id) => id as Id<"vendor">) });
const DriverFacts = z.object({ driverId: z.string().transform((id) => id as Id<"driver">) });
const CustomerFacts = z.object({ customerId: z.string().transform((id) => id as Id<"customer">) });
const UploadFacts = z.object({ uploadId: z.string().transform((id) => id as Id<"attachment">) });
const OrderFacts = z.object({ workOrderId: z.string().transform((id) => id as Id<"workOrder">) });
const EstimateFacts = z.object({ estimateId: z.string().transform((id) => id as Id<"estimate">), revision: z.number() });
const InvoiceFacts = z.object({ invoiceId: z.string().transform((id) => id as Id<"invoice">) });
const DigestFacts = z.object({
  membershipId: z.string().transform((id) => id as Id<"membership">),
  digestAt: z.number().transform(toUtcMs),
});
const MessageFacts = z.object({ messageId: z.string().transform((id) => id as Id<"message">) });
const VendorJobFacts = z.object({ vendorJobId: z.string().transform((id) => id as Id<"vendorJob">) });
const VendorLetterFacts = VendorJobFacts.extend({ letter: z.enum(vendorMails), nth: z.union([z.number(), z.string()]), byPhone: z.boolean().default(false) });
const NoticeFacts = z.object({ kind: z.string(), id: z.string(), version: z.number(), audiences: z.array(z.string()) });

/** Who handles which event. What is named here is what may stand in an outbox row's `kind`. */
export function handlersOf(env: Env, platform: Platform, db: ScopedDatabase<"job">): Record<string, EffectHandler> {
  const { organizationId } = db.scope;
  const { clock, directory, settings } = platform;
  // Held to their ports in rooms.ts.
  const fleet = env.FleetRoom.getByName(organizationId) as unknown as FleetPort;
  const board = env.BoardRoom.getByName(organizationId) as unknown as BoardPort;
  const rooms = [fleet, board];
  const files = scopedFiles(env.FILES, db.scope);
  const post = { db, directory, clock, settings, mailer: mailerOf({ db, clock, settings }) };
  const ring = (key: string) => board.publish(`bell:${key}`, { kind: "notice", id: organizationId, version: 1 }, ["staff"]);
  return {
    "board.changed": {
      via: "now",
      async handle(key, body) {
        const { audiences, ...notice } = NoticeFacts.parse(body);
        await board.publish(key, notice, audiences);
      },
    },
    "roster.changed": {
      via: "now",
      async handle() {
        await fleet.applyRoster(await readRoster(db));
      },
    },
    // Its row is due when the upload's day is over: an upload that was finished by then has nothing to clear away.
    "upload.expired": {
      via: "now",
      async handle(_key, body) {
        await endUpload({ db, files, clock }, UploadFacts.parse(body).uploadId);
      },
    },
    "organization.changed": {
      via: "now",
      async handle() {
        await carryOrganization({ db, directory });
      },
    },
    "vendor.access-changed": {
      via: "now",
      async handle(_key, body) {
        await carryVendorAccess({ db, directory, clock, settings, rooms }, VendorFacts.parse(body).vendorId);
      },
    },
    "driver.access-changed": {
      via: "now",
      async handle(_key, body) {
        await carryDriverAccess({ db, directory, clock, settings, rooms }, DriverFacts.parse(body).driverId);
      },
    },
    "driver.pin-reset": {
      via: "now",
      async handle(_key, body) {
        await endPinSessions({ db, directory, clock, settings, rooms }, DriverFacts.parse(body).driverId);
      },
    },
    "driver.archived": {
      via: "now",
      async handle(_key, body) {
        await endDriverVehicles({ db, clock }, DriverFacts.parse(body).driverId);
      },
    },
    "estimate.approved": {
      via: "now",
      async handle(_key, body) {
        const { estimateId, revision } = EstimateFacts.parse(body);
        // What it leaves in the outbox the drain that runs this, or the next one, sends.
        await placeApprovedWork({ db, clock, drainSoon: () => {} }, estimateId, revision);
      },
    },
    "mail.estimate-ready": {
      via: "queue",
      async handle(key, body) {
        await sendEstimateReadyMail(post, key, EstimateFacts.parse(body));
      },
    },
    "mail.estimate-reminder": {
      via: "queue",
      async handle(key, body) {
        await sendEstimateReadyMail(post, key, EstimateFacts.parse(body), "reminder");
      },
    },
    "mail.estimate-colleague": {
      via: "queue",
      async handle(key, body) {
        await sendEstimateColleagueMail({ ...post, ring }, key, EstimateFacts.parse(body));
      },
    },
    "mail.estimate-message": {
      via: "queue",
      async handle(key, body) {
        await sendEstimateMessageMail({ ...post, ring }, key, MessageFacts.parse(body).messageId);
      },
    },
    "mail.estimate-answered": {
      via: "queue",
      async handle(key, body) {
        await sendEstimateAnsweredMail({ ...post, ring }, key, EstimateFacts.parse(body));
      },
    },
    "mail.staff-digest": {
      via: "queue",
      async handle(key, body) {
        await sendStaffDigest(post, key, DigestFacts.parse(body));
      },
    },
    "mail.invoice-issued": {
      via: "queue",
      async handle(key, body) {
        await sendInvoiceMail({ ...post, files, papers: papersOf({ db, files, clock }) }, key, InvoiceFacts.parse(body).invoiceId);
      },
    },
    "mail.order-ready": {
      via: "queue",
      async handle(key, body) {
        await sendOrderReadyMail(post, key, OrderFacts.parse(body).workOrderId);
      },
    },
    "mail.service-request": {
      via: "queue",
      async handle(key, body) {
        await sendServiceRequestMail({ ...post, ring }, key, OrderFacts.parse(body).workOrderId);
      },
    },
    "vendor-job.costs": {
      via: "now",
      async handle(_key, body) {
        await carryCosts({ db, clock, drainSoon: () => {} }, VendorJobFacts.parse(body).vendorJobId);
      },
    },
    "mail.vendor-job": {
      via: "queue",
      async handle(key, body) {
        await sendVendorJobMail({ ...post, ring }, key, VendorLetterFacts.parse(body));
      },
    },
    "mail.set-password": {
      via: "queue",
      async handle(key, body) {
        await sendSetPasswordMail(post, key, PasswordFacts.parse(body));
      },
    },
    "portal.access-changed": {
      via: "now",
      async handle(_key, body) {
        await carryPortalAccess({ db, directory, clock, settings, rooms }, CustomerFacts.parse(body).customerId);
      },
    },
    "mail.portal-invite": {
      via: "queue",
      async handle(key, body) {
        await sendPortalInviteMail(post, key, LinkFacts.parse(body).linkId);
      },
    },
    "mail.sign-in": {
      via: "queue",
      async handle(key, body) {
        await sendSignInMail(post, key, LinkFacts.parse(body).linkId);
      },
    },
  };
}
