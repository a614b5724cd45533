import type { EffectDefinitions, EffectHandlers } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { assetEffects } from "~/modules/assets/asset.effects";
import { endDriverVehicles } from "~/modules/assets/driver-vehicles.server";
import { attachmentEffects } from "~/modules/attachments/attachment.effects";
import { endUpload } from "~/modules/attachments/upload/end-upload.server";
import { customerEffects } from "~/modules/customers/customer.effects";
import { sendPortalInviteMail } from "~/modules/customers/portal-access/send-portal-invite-mail.server";
import { syncPortalAccess } from "~/modules/customers/portal-access/sync-portal-access.server";
import { driverEffects } from "~/modules/drivers/driver.effects";
import { endPinSessions, syncDriverAccess } from "~/modules/drivers/sync-driver-access.server";
import { mailWaitingEstimates } from "~/modules/estimates/documents/mail-waiting-estimates.server";
import { sendAnswerReminderMail, sendBackupMail, sendUnansweredNotice } from "~/modules/estimates/documents/send-answer-mails.server";
import {
  sendEstimateAnsweredMail,
  sendEstimateColleagueMail,
  sendEstimateConfirmedMail,
  sendEstimateMessageMail,
  sendEstimateReadyMail,
  sendEstimateWithdrawnMail,
} from "~/modules/estimates/documents/send-estimate-mail.server";
import { estimateEffects } from "~/modules/estimates/estimate.effects";
import { sendMissingInspections, sendUncertifiedDefect, sendUnitDriven } from "~/modules/inspections/alerts/send-alerts.server";
import { inspectionEffects } from "~/modules/inspections/inspection.effects";
import { pushDefects, sendDefectsMail } from "~/modules/inspections/mail/send-defects-mail.server";
import { sendInvoiceMail, sendInvoiceVoidedMail } from "~/modules/invoices/documents/send-invoice-mail.server";
import { sendReceiptMail } from "~/modules/invoices/documents/send-receipt-mail.server";
import { invoiceEffects } from "~/modules/invoices/invoice.effects";
import { payToken } from "~/modules/invoices/pay-link.server";
import { sendReminderMail } from "~/modules/invoices/reminders/send-reminder-mail.server";
import { sendStatementMail } from "~/modules/invoices/statements/send-statement-mail.server";
import { sendMaintenanceDue } from "~/modules/maintenance/mail/send-maintenance-due.server";
import { maintenanceEffects } from "~/modules/maintenance/maintenance.effects";
import { checkOn, refreshOrder, refreshUnits } from "~/modules/maintenance/refresh-schedules.server";
import { refreshFollowers } from "~/modules/maintenance/templates/refresh-followers.server";
import { withHeaders } from "~/modules/notifications/mail-headers.server";
import { mailerOf } from "~/modules/notifications/mailer.server";
import { notificationEffects } from "~/modules/notifications/notification.effects";
import type { MailEffect, PushEffect } from "~/modules/notifications/notification-table";
import { sendStaffDigest } from "~/modules/notifications/notify-staff.server";
import { notifyFailedDelivery } from "~/modules/notifications/notify-undelivered-mail.server";
import { sendNoticePush } from "~/modules/notifications/push/send-notice-push.server";
import { sendSetPasswordMail } from "~/modules/notifications/send-set-password-mail.server";
import { sendSignInMail } from "~/modules/notifications/send-sign-in-mail.server";
import { syncOrganization } from "~/modules/organizations/change-organization.server";
import { organizationEffects } from "~/modules/organizations/organization.effects";
import { sendDisputeNotice } from "~/modules/payments/disputes/send-dispute-notice.server";
import { paymentEffects } from "~/modules/payments/payment.effects";
import { readPendingOn } from "~/modules/payments/payment.read.server";
import {
  sendPaymentFailed,
  sendPaymentLate,
  sendPaymentReceived,
  sendPaymentRefunded,
  sendPaymentUnclear,
  sendRefundFailed,
} from "~/modules/payments/send-payment-notices.server";
import { openSquare } from "~/modules/payments/square/open-square.server";
import { sendSquareRevokedMail } from "~/modules/payments/square/send-square-revoked-mail.server";
import {
  askSquareForRefund,
  closeCheckout,
  followAssignedPayment,
  handleSquareEvent,
  sendEvidenceToSquare,
} from "~/modules/payments/square/square-jobs.server";
import { squareEffects } from "~/modules/payments/square-connection.effects";
import { peopleEffects } from "~/modules/people/people.effects";
import { pushCriticalFault, sendCriticalFault } from "~/modules/telematics/faults/send-critical-fault.server";
import type { FleetPort } from "~/modules/telematics/fleet";
import { readRoster } from "~/modules/telematics/roster.store.server";
import { telematicsEffects } from "~/modules/telematics/telematics.effects";
import { sendVendorJobMail } from "~/modules/vendor-jobs/mail/send-vendor-job-mail.server";
import { vendorJobEffects } from "~/modules/vendor-jobs/vendor-job.effects";
import { syncVendorAccess } from "~/modules/vendors/sync-vendor-access.server";
import { vendorEffects } from "~/modules/vendors/vendor.effects";
import {
  sendOptionSwitchedMail,
  sendOrderReadyMail,
  sendRequestCanceledMail,
  sendServiceRequestMail,
} from "~/modules/work-orders/documents/send-order-mails.server";
import { workOrderEffects } from "~/modules/work-orders/work-order.effects";
import { type ScopedDatabase, scopedDatabase } from "~/platform/database/scoped.server";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import type { BoardNotifier } from "~/platform/live/board";
import { boardEffects } from "~/platform/live/board-effects";
import { log } from "~/platform/log.server";
import type { EffectHandler, OutboxDispatcher } from "~/platform/outbox/drain.server";
import { documentsOf } from "~/platform/pdf/documents.server";
import type { Platform } from "~/platform/platform.server";
import { forJob } from "~/platform/scope/scope.server";
import { readDisputeEvidence } from "~/queries/dispute-evidence.server";
import { fileNotice } from "~/queries/file-notice.server";
import { mailTurnsOf } from "./mail-pacer";
import { takeReply } from "./take-reply";

/** Every module's catalog of effects. */
const catalogs = [
  boardEffects,
  attachmentEffects,
  organizationEffects,
  peopleEffects,
  notificationEffects,
  customerEffects,
  vendorEffects,
  driverEffects,
  assetEffects,
  workOrderEffects,
  telematicsEffects,
  maintenanceEffects,
  inspectionEffects,
  estimateEffects,
  vendorJobEffects,
  invoiceEffects,
  paymentEffects,
  squareEffects,
] as const;
type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer All) => void ? All : never;
export type AllEffects = Both<(typeof catalogs)[number]["definitions"]>;
/** A mail that nobody is listed for in the notification table: its handler does not compile. */
type WithoutRow = Exclude<Extract<keyof AllEffects, `mail.${string}`>, MailEffect>;
const definitions: EffectDefinitions = Object.assign({}, ...catalogs.map((one) => one.definitions));

/** How a kind of effect leaves; null for a kind of another deployment. */
export const definitionOf = (kind: string) => (Object.hasOwn(definitions, kind) ? (definitions[kind as keyof EffectDefinitions] ?? null) : null);

/** What the outbox calls for a row of this kind, with its facts checked. */
export function handlerOf(handlers: EffectHandlers<AllEffects>, kind: string): EffectHandler | null {
  const definition = definitionOf(kind);
  const handle = handlers[kind as keyof AllEffects] as ((facts: unknown, key: string) => Promise<unknown>) | undefined; // the handler takes what its kind's facts are parsed to below
  if (!definition || !handle) return null;
  return {
    via: definition.via,
    timeoutMs: definition.timeoutMs,
    async handle(key, body) {
      const facts = definition.facts.safeParse(body);
      if (!facts.success) throw new Error(`facts that don't fit ${kind}`, { cause: facts.error });
      await handle(facts.data, key);
    },
  };
}

/** The handler of each kind of effect: a kind without one, or one without a kind, does not compile. */
export function handlersOf(env: Env, platform: Platform, db: ScopedDatabase<"job">, enqueue: OutboxDispatcher["enqueue"]): EffectHandlers<AllEffects> {
  const { organizationId } = db.scope;
  const { clock, directory, settings } = platform;
  // Held to their ports in rooms.ts.
  const fleet = env.FleetRoom.getByName(organizationId) as unknown as FleetPort;
  const board = env.BoardRoom.getByName(organizationId) as unknown as BoardNotifier;
  const rooms = [fleet, board];
  const pushes = { db, directory, clock, settings, withOpenPage: (people: readonly string[]) => board.withOpenPage(people) };
  const files = scopedFiles(env.FILES, db.scope);
  const post = {
    db,
    directory,
    clock,
    settings,
    // Only quicker: what the queue doesn't take, the sweep hands over.
    enqueue: async (keys: readonly string[]) => {
      for (const key of keys) await enqueue(key, 0).catch((cause) => log.error("push.not-queued", cause, { key }));
    },
    mailer: withHeaders(mailerOf({ db, clock, settings, turns: mailTurnsOf(env) }), { linkKey: settings.linkKey, organizationId }),
  };
  // What Square reports is written down as Square's doing.
  const square = { db: scopedDatabase(env.TENANTS, forJob(organizationId, "Square")), clock, directory, settings };
  const payPathOf = async (id: Id<"invoice">) =>
    (await openSquare(square)) && paths.pay(payToken(settings.linkKey, { organizationId, subject: { kind: "invoice", id } }));
  const isOnItsWay = async (id: Id<"invoice">) => (await readPendingOn(square.db, id)) !== null;
  const documentMail = { ...post, files, documents: documentsOf({ db, files, clock, assets: env.ASSETS }), payPathOf, isOnItsWay };
  const access = { db, directory, clock, settings, rooms };
  const schedules = async () => ({ db, clock, zone: (await directory.organization(organizationId))?.zone ?? "UTC" });
  const ring = (key: string) => board.publish(`bell:${key}`, { kind: "notice", id: organizationId, version: 1 }, ["staff"]);
  return {
    "board.changed": ({ audiences, ...notice }, key) => board.publish(key, notice, audiences),
    "files.changed": async (facts, key) => {
      const found = await fileNotice(db, facts);
      if (found) await board.publish(key, found.notice, found.audiences);
    },
    "meters.changed": async ({ assetId }, key) => {
      await refreshUnits(await schedules(), [assetId]);
      await board.publish(key, { kind: "asset", id: assetId, version: 0 }, ["staff"]);
    },
    "work-order.settled": async ({ workOrderId }) => refreshOrder(await schedules(), workOrderId),
    "maintenance.check-continued": async (facts) => void (await checkOn(await schedules(), facts)),
    "maintenance.template-changed": async (facts) => refreshFollowers(await schedules(), facts),
    "mail.maintenance-due": (facts, key) => sendMaintenanceDue({ ...post, ring }, key, facts),
    "mail.critical-fault": (facts, key) => sendCriticalFault({ ...post, ring }, key, facts),
    "roster.changed": async () => fleet.applyRoster(await readRoster(db)),
    "upload.expired": ({ uploadId }) => endUpload({ db, files, clock }, uploadId),
    "organization.changed": () => syncOrganization({ db, directory }),
    "vendor.access-changed": ({ vendorId }) => syncVendorAccess(access, vendorId),
    "driver.access-changed": ({ driverId }) => syncDriverAccess(access, driverId),
    "driver.pin-reset": ({ driverId }) => endPinSessions(access, driverId),
    "driver.archived": ({ driverId }) => endDriverVehicles({ db, clock }, driverId),
    "mail.estimate-ready": (facts, key) => sendEstimateReadyMail(post, key, facts),
    "mail.estimate-reminder": (facts, key) => sendEstimateReadyMail(post, key, facts, "reminder"),
    "mail.estimate-again": (facts, key) => sendEstimateReadyMail(post, key, facts, "reminder"),
    "mail.estimate-answer-reminder": (facts, key) => sendAnswerReminderMail(post, key, facts),
    "mail.estimate-backup": (facts, key) => sendBackupMail(post, key, facts),
    "mail.estimate-unanswered": (facts, key) => sendUnansweredNotice({ ...post, ring }, key, facts),
    "mail.estimate-confirmed": (facts, key) => sendEstimateConfirmedMail(documentMail, key, facts),
    "mail.estimate-colleague": (facts, key) => sendEstimateColleagueMail({ ...post, ring }, key, facts),
    "mail.estimate-message": ({ messageId }, key) => sendEstimateMessageMail({ ...post, ring }, key, messageId),
    "mail.estimate-withdrawn": (facts, key) => sendEstimateWithdrawnMail(post, key, facts),
    "mail.estimate-answered": (facts, key) => sendEstimateAnsweredMail({ ...post, ring }, key, facts),
    "mail.staff-digest": (facts, key) => sendStaffDigest(post, key, facts),
    "mail.reply": (facts, key) => takeReply({ ...post, ring, tenants: env.TENANTS, turns: mailTurnsOf(env) }, key, facts),
    "push.critical-fault": (facts, key) => pushCriticalFault(pushes, key, facts),
    "push.inspection-defects": (facts, key) => pushDefects(pushes, key, facts),
    "push.notice": (facts) => sendNoticePush(pushes, facts),
    "notice.returned": (_, key) => ring(key),
    "delivery.failed": async ({ tag }, key) => {
      await notifyFailedDelivery(post, tag);
      await ring(key);
    },
    "mail.invoice-issued": ({ invoiceId }, key) => sendInvoiceMail(documentMail, key, invoiceId),
    "mail.invoice-voided": ({ invoiceId }, key) => sendInvoiceVoidedMail(documentMail, key, invoiceId),
    "mail.statement": (facts, key) => sendStatementMail(documentMail, key, facts),
    "mail.invoice-reminder": (facts, key) => sendReminderMail(documentMail, key, facts),
    "mail.receipt": ({ entryId }, key) => sendReceiptMail(documentMail, key, entryId),
    "square.event": ({ eventId }) => handleSquareEvent(square, eventId),
    "square.checkout-closed": (checkout) => closeCheckout(square, checkout),
    "square.refund-asked": ({ refundId }) => askSquareForRefund(square, refundId),
    "square.payment-assigned": ({ paymentId }) => followAssignedPayment(square, paymentId),
    "square.evidence-asked": ({ disputeId }) =>
      sendEvidenceToSquare(square, disputeId, { files, documents: documentMail.documents, facts: ({ sourceId }) => readDisputeEvidence(square.db, sourceId) }),
    "mail.payment-disputed": (facts, key) => sendDisputeNotice({ ...post, ring }, key, facts),
    "mail.payment-received": ({ paymentId }, key) => sendPaymentReceived({ ...post, ring }, key, paymentId),
    "mail.payment-failed": ({ paymentId }, key) => sendPaymentFailed({ ...post, ring }, key, paymentId),
    "mail.payment-late": ({ intentId }, key) => sendPaymentLate({ ...post, ring }, key, intentId),
    "mail.payment-unclear": ({ paymentId }, key) => sendPaymentUnclear({ ...post, ring }, key, paymentId),
    "mail.refund-failed": ({ refundId }, key) => sendRefundFailed({ ...post, ring }, key, refundId),
    "mail.payment-refunded": ({ refundId }, key) => sendPaymentRefunded({ ...post, ring }, key, refundId),
    "mail.order-ready": ({ workOrderId }, key) => sendOrderReadyMail(post, key, workOrderId),
    "mail.option-switched": (facts, key) => sendOptionSwitchedMail(post, key, facts),
    "mail.service-request": (facts, key) => sendServiceRequestMail({ ...post, ring }, key, facts),
    "mail.request-canceled": ({ workOrderId }, key) => sendRequestCanceledMail({ ...post, ring }, key, workOrderId),
    "mail.inspection-defects": ({ inspectionId }, key) => sendDefectsMail({ ...post, ring }, key, inspectionId),
    "mail.inspections-missing": (facts, key) => sendMissingInspections({ ...post, ring }, key, facts),
    "mail.defect-uncertified": ({ defectId }, key) => sendUncertifiedDefect({ ...post, ring }, key, defectId),
    "mail.unit-driven": ({ defectId }, key) => sendUnitDriven({ ...post, ring }, key, defectId),
    "mail.vendor-job": (facts, key) => sendVendorJobMail({ ...post, ring }, key, facts),
    "mail.square-revoked": (facts, key) => sendSquareRevokedMail({ ...post, ring }, key, facts),
    "mail.set-password": (facts, key) => sendSetPasswordMail(post, key, facts),
    "portal.access-changed": ({ customerId }) => syncPortalAccess(access, customerId),
    "portal.opened": ({ customerId }) => mailWaitingEstimates({ db, clock }, customerId),
    "mail.portal-invite": ({ linkId }, key) => sendPortalInviteMail(post, key, linkId),
    "mail.sign-in": ({ linkId }, key) => sendSignInMail(post, key, linkId),
  } satisfies EffectHandlers<AllEffects> & Record<MailEffect | PushEffect, unknown> & Record<WithoutRow, "needs a row in the notification table">;
}
