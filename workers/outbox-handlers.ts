import * as z from "zod";
import type { Id, RecordKind } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import { endDriverVehicles } from "~/modules/assets/driver-vehicles.server";
import { endUpload } from "~/modules/attachments/upload/end-upload.server";
import { sendPortalInviteMail } from "~/modules/customers/portal-access/send-portal-invite-mail.server";
import { syncPortalAccess } from "~/modules/customers/portal-access/sync-portal-access.server";
import { endPinSessions, syncDriverAccess } from "~/modules/drivers/sync-driver-access.server";
import { placeApprovedWork } from "~/modules/estimates/decisions/place-approved-work.server";
import {
  sendEstimateAnsweredMail,
  sendEstimateColleagueMail,
  sendEstimateMessageMail,
  sendEstimateReadyMail,
} from "~/modules/estimates/documents/send-estimate-mail.server";
import { sendInvoiceMail } from "~/modules/invoices/documents/send-invoice-mail.server";
import { mailerOf } from "~/modules/notifications/mailer.server";
import { sendStaffDigest } from "~/modules/notifications/notify-staff.server";
import { sendSetPasswordMail } from "~/modules/notifications/send-set-password-mail.server";
import { sendSignInMail } from "~/modules/notifications/send-sign-in-mail.server";
import { syncOrganization } from "~/modules/organizations/change-organization.server";
import type { FleetPort } from "~/modules/telematics/fleet";
import { readRoster } from "~/modules/telematics/roster.store.server";
import { vendorMails } from "~/modules/vendor-jobs/mail/mail-events";
import { sendVendorJobMail } from "~/modules/vendor-jobs/mail/send-vendor-job-mail.server";
import { syncCosts } from "~/modules/vendor-jobs/sync-costs.server";
import { syncVendorAccess } from "~/modules/vendors/sync-vendor-access.server";
import { sendOrderReadyMail, sendServiceRequestMail } from "~/modules/work-orders/documents/send-order-mails.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import type { BoardNotifier } from "~/platform/live/board";
import type { EffectHandler } from "~/platform/outbox/drain.server";
import { documentsOf } from "~/platform/pdf/documents.server";
import type { Platform } from "~/platform/platform.server";

/** An id of our own, as the use case that wrote the row put it there. */
const id = <K extends RecordKind>(_of: K) => z.string().transform((text) => text as Id<K>);
const NoFacts = z.unknown();
const LinkFacts = z.object({ linkId: id("link") });
const PasswordFacts = LinkFacts.extend({ reason: z.enum(["invitation", "reset"]) });
const VendorFacts = z.object({ vendorId: id("vendor") });
const DriverFacts = z.object({ driverId: id("driver") });
const CustomerFacts = z.object({ customerId: id("customer") });
const UploadFacts = z.object({ uploadId: id("attachment") });
const OrderFacts = z.object({ workOrderId: id("workOrder") });
const EstimateFacts = z.object({ estimateId: id("estimate"), revision: z.number() });
const InvoiceFacts = z.object({ invoiceId: id("invoice") });
const DigestFacts = z.object({ membershipId: id("membership"), digestAt: z.number().transform(toUtcMs) });
const MessageFacts = z.object({ messageId: id("message") });
const VendorJobFacts = z.object({ vendorJobId: id("vendorJob") });
const VendorMailFacts = VendorJobFacts.extend({ template: z.enum(vendorMails), nth: z.union([z.number(), z.string()]), byPhone: z.boolean().default(false) });
const NoticeFacts = z.object({ kind: z.string(), id: z.string(), version: z.number(), audiences: z.array(z.string()) });

type Handle<Facts> = (facts: Facts, key: string) => Promise<unknown>;

/** A handler that is given the facts of its row, once they are checked. */
const handler =
  (via: EffectHandler["via"]) =>
  <Facts>(facts: z.ZodType<Facts>, handle: Handle<Facts>): EffectHandler => ({
    via,
    async handle(key, body) {
      await handle(facts.parse(body), key);
    },
  });
const now = handler("now");
const queue = handler("queue");

/** The handler of each kind of effect. An outbox row's `kind` is one of these. */
export function handlersOf(env: Env, platform: Platform, db: ScopedDatabase<"job">): Record<string, EffectHandler> {
  const { organizationId } = db.scope;
  const { clock, directory, settings } = platform;
  // Held to their ports in rooms.ts.
  const fleet = env.FleetRoom.getByName(organizationId) as unknown as FleetPort;
  const board = env.BoardRoom.getByName(organizationId) as unknown as BoardNotifier;
  const rooms = [fleet, board];
  const files = scopedFiles(env.FILES, db.scope);
  const post = { db, directory, clock, settings, mailer: mailerOf({ db, clock, settings }) };
  const access = { db, directory, clock, settings, rooms };
  // What is left in the outbox the drain that runs this, or the next one, sends.
  const quiet = { db, clock, settings, drainSoon: () => {} };
  const ring = (key: string) => board.publish(`bell:${key}`, { kind: "notice", id: organizationId, version: 1 }, ["staff"]);
  return {
    "board.changed": now(NoticeFacts, ({ audiences, ...notice }, key) => board.publish(key, notice, audiences)),
    "roster.changed": now(NoFacts, async () => fleet.applyRoster(await readRoster(db))),
    // Its row is due when the upload's day is over: an upload that was finished by then has nothing to clear away.
    "upload.expired": now(UploadFacts, ({ uploadId }) => endUpload({ db, files, clock }, uploadId)),
    "organization.changed": now(NoFacts, () => syncOrganization({ db, directory })),
    "vendor.access-changed": now(VendorFacts, ({ vendorId }) => syncVendorAccess(access, vendorId)),
    "driver.access-changed": now(DriverFacts, ({ driverId }) => syncDriverAccess(access, driverId)),
    "driver.pin-reset": now(DriverFacts, ({ driverId }) => endPinSessions(access, driverId)),
    "driver.archived": now(DriverFacts, ({ driverId }) => endDriverVehicles({ db, clock }, driverId)),
    "estimate.approved": now(EstimateFacts, ({ estimateId, revision }) => placeApprovedWork(quiet, estimateId, revision)),
    "mail.estimate-ready": queue(EstimateFacts, (facts, key) => sendEstimateReadyMail(post, key, facts)),
    "mail.estimate-reminder": queue(EstimateFacts, (facts, key) => sendEstimateReadyMail(post, key, facts, "reminder")),
    "mail.estimate-colleague": queue(EstimateFacts, (facts, key) => sendEstimateColleagueMail({ ...post, ring }, key, facts)),
    "mail.estimate-message": queue(MessageFacts, ({ messageId }, key) => sendEstimateMessageMail({ ...post, ring }, key, messageId)),
    "mail.estimate-answered": queue(EstimateFacts, (facts, key) => sendEstimateAnsweredMail({ ...post, ring }, key, facts)),
    "mail.staff-digest": queue(DigestFacts, (facts, key) => sendStaffDigest(post, key, facts)),
    "mail.invoice-issued": queue(InvoiceFacts, ({ invoiceId }, key) =>
      sendInvoiceMail({ ...post, files, documents: documentsOf({ db, files, clock, assets: env.ASSETS }) }, key, invoiceId),
    ),
    "mail.order-ready": queue(OrderFacts, ({ workOrderId }, key) => sendOrderReadyMail(post, key, workOrderId)),
    "mail.service-request": queue(OrderFacts, ({ workOrderId }, key) => sendServiceRequestMail({ ...post, ring }, key, workOrderId)),
    "vendor-job.costs": now(VendorJobFacts, ({ vendorJobId }) => syncCosts(quiet, vendorJobId)),
    "mail.vendor-job": queue(VendorMailFacts, (facts, key) => sendVendorJobMail({ ...post, ring }, key, facts)),
    "mail.set-password": queue(PasswordFacts, (facts, key) => sendSetPasswordMail(post, key, facts)),
    "portal.access-changed": now(CustomerFacts, ({ customerId }) => syncPortalAccess(access, customerId)),
    "mail.portal-invite": queue(LinkFacts, ({ linkId }, key) => sendPortalInviteMail(post, key, linkId)),
    "mail.sign-in": queue(LinkFacts, ({ linkId }, key) => sendSignInMail(post, key, linkId)),
  };
}
