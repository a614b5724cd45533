import { type Id, parseId } from "~/kernel/ids";
import { type Clock, DAY, HOUR, later, MINUTE, systemClock } from "~/kernel/time";
import { anchorJournal } from "~/modules/audit/anchor-journal.server";
import { sealJournal } from "~/modules/audit/seal-journal.server";
import { checkInspections } from "~/modules/inspections/alerts/check-inspections.server";
import { sendReminders } from "~/modules/invoices/reminders/send-reminders.server";
import { mailMonthlyStatements } from "~/modules/invoices/statements/monthly-statements.server";
import { checkToday } from "~/modules/maintenance/refresh-schedules.server";
import { askAfterMails } from "~/modules/notifications/ask-after-mails.server";
import { oldMailReports } from "~/modules/notifications/delivery.store.server";
import { oldNotices } from "~/modules/notifications/notice.store.server";
import { oldPushes } from "~/modules/notifications/push/push.store.server";
import { askAboutLate } from "~/modules/payments/checkouts/ask-about-late.server";
import { closeCheckouts } from "~/modules/payments/checkouts/close-checkouts.server";
import { readPendingInvoices, readStatementNote } from "~/modules/payments/payment.read.server";
import { renewSquareAccess } from "~/modules/payments/square/renew-square-access.server";
import { catchUpWithSquare } from "~/modules/payments/square/square-jobs.server";
import { countRefusedRequest } from "~/modules/people/refused-requests.server";
import { sumUpRefusals } from "~/modules/people/refused-sign-ins.server";
import { closeUnansweredOrders } from "~/modules/vendor-jobs/close-unanswered.server";
import { expireOffers } from "~/modules/work-orders/lines/expire-offers.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import { log } from "~/platform/log.server";
import { deliver, drain } from "~/platform/outbox/drain.server";
import { documentsOf } from "~/platform/pdf/documents.server";
import type { Platform } from "~/platform/platform.server";
import { forJob } from "~/platform/scope/scope.server";
import { contextOf, type LoadContext, platformOf } from "./context";
import { driverApi } from "./driver-api";
import { ingest } from "./ingest";
import { mailTurnsOf } from "./mail-pacer";
import { outboxDispatcherOf, type QueueMessage } from "./outbox-dispatcher";
import { partyGate } from "./party-gate";
import { resendWebhook } from "./resend-webhook";
import { squareWebhook } from "./square-webhook";
import { uploads } from "./uploads";

export { MailPacer } from "./mail-pacer";
export { BoardRoom, FleetRoom } from "./rooms";

/** What runs without a page: rooms, trackers, uploads, queue, cron. Null where a page should answer. */
export async function answerInBackground(request: Request, env: Env, execution: ExecutionContext): Promise<Response | null> {
  const { pathname, origin, host } = new URL(request.url);
  if (pathname.startsWith("/parties/")) return partyGate(request, env, platformOf(env, execution));
  if (pathname.startsWith("/api/telematics/")) return ingest(request, contextOf(env, execution));
  if (pathname === "/webhooks/square") return squareWebhook(request, contextOf(env, execution));
  if (pathname === "/webhooks/resend") return resendWebhook(request, contextOf(env, execution));
  if (pathname.startsWith("/api/driver/")) return driverApi(request, contextOf(env, execution));
  if (pathname.startsWith("/uploads/")) return uploads(request, contextOf(env, execution));
  if (!isReadable(pathname)) return new Response("Not found\n", { status: 404 });
  // React Router itself would call such a form a failure of ours.
  const [from, forwarded] = [request.headers.get("Origin"), request.headers.get("X-Forwarded-Host")];
  if (request.method !== "GET" && request.method !== "HEAD" && ((from !== null && from !== origin) || (forwarded !== null && forwarded !== host)))
    return new Response("This form was sent from another site, so nothing was changed.\n", { status: 403 });
  return null;
}

/** No address of ours has percent signs that encode nothing. */
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

export async function consume(batch: MessageBatch<QueueMessage>, env: Env, execution: ExecutionContext): Promise<void> {
  const platform = platformOf(env, execution);
  // Side by side: a mail that waits for its turn holds up no other.
  await Promise.all(
    batch.messages.map(async (message) => {
      const organizationId = parseId("organization", message.body.organizationId);
      if (!organizationId) return message.ack();
      const dispatcher = outboxDispatcherOf(env, platform, scopedDatabase(env.TENANTS, forJob(organizationId, "outbox")));
      const delay = await deliver(dispatcher, message.body.key);
      if (delay === null) message.ack();
      else message.retry({ delaySeconds: Math.ceil(delay / 1_000) });
    }),
  );
}

/** Each minute: what was left behind by an answer's own drain, a lost queue message, a sealer that died. */
export async function sweep(env: Env, execution: ExecutionContext, clock: Clock = systemClock): Promise<void> {
  const platform = platformOf(env, execution, clock);
  await sweepOutbox(env, platform);
  await sweepJournal(env, platform);
  await sweepStatements(env, platform);
  await sweepReminders(env, platform);
  const now = platform.clock.now();
  if (now % HOUR < 10 * MINUTE) await sumUpRefusals({ ...platform, databaseOf: (id) => scopedDatabase(env.TENANTS, forJob(id, "Automatic")) }, now);
  if (now % HOUR < MINUTE) await sweepOffers(env, platform);
  if (now % HOUR < MINUTE) await sweepInspections(env, platform);
  if (now % HOUR < MINUTE) await sweepMaintenance(env, platform);
  if (now % HOUR < MINUTE) await sweepSquareAccess(env, platform);
  await sweepCheckouts(env, platform);
  // Square sends a notice for a day at most: once a day it is asked about three.
  if (now % HOUR < MINUTE) await sweepSquare(env, platform, now % DAY < HOUR ? 3 * DAY : HOUR);
  if (now % HOUR < MINUTE) await sweepLatePayments(env, platform);
  if (now % DAY < MINUTE) await sweepMails(env, platform);
  if (now % DAY < MINUTE)
    log.info("directory.forgot", { rows: await platform.directory.forgetOld(now, [oldNotices(now), oldMailReports(now), oldPushes(now)]) });
}

/** Does something for each organization by itself: one organization's trouble, logged under a name, is not the others'. */
async function forEachOrganization(
  env: Env,
  platform: Platform,
  trouble: string,
  work: (s: { db: ReturnType<typeof jobDatabase>; clock: Clock; zone: string; organizationId: Id<"organization"> }) => Promise<void>,
): Promise<void> {
  for (let after: Id<"organization"> | null = null; ; ) {
    const page: { id: Id<"organization">; zone: string }[] = await platform.directory.organizationsAfter(after);
    for (const { id: organizationId, zone } of page)
      await work({ db: jobDatabase(env, organizationId), clock: platform.clock, zone, organizationId }).catch((cause) =>
        log.error(trouble, cause, { organizationId }),
      );
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

const jobDatabase = (env: Env, organizationId: Id<"organization">) => scopedDatabase(env.TENANTS, forJob(organizationId, "Automatic"));

/** Ends offers whose last day is over in the shop's zone, and quotes that nobody approved. */
export const sweepOffers = (env: Env, platform: Platform): Promise<void> =>
  forEachOrganization(env, platform, "offers.not-swept", async ({ organizationId, ...s }) => {
    const [expired, canceled] = [await expireOffers(s), await closeUnansweredOrders(s)];
    if (expired + canceled > 0) log.info("offers.swept", { organizationId, expired, canceled });
  });

/** Missing inspections, defects that wait too long, and units that are driven though they may not be. */
export const sweepInspections = (env: Env, platform: Platform): Promise<void> =>
  forEachOrganization(env, platform, "inspections.not-checked", async (s) => {
    await checkInspections(s);
  });

/** Once on each of a shop's own days, finds what is due by then: time passes without any reading. */
export const sweepMaintenance = (env: Env, platform: Platform): Promise<void> =>
  forEachOrganization(env, platform, "maintenance.not-swept", async ({ organizationId, ...s }) => {
    const changed = await checkToday(s);
    if (changed > 0) log.info("maintenance.swept", { organizationId, changed });
  });

async function sweepOutbox(env: Env, platform: Platform): Promise<void> {
  for (const organizationId of await platform.directory.organizationsWithLateEffects(platform.clock.now())) {
    try {
      const sent = await drain(outboxDispatcherOf(env, platform, scopedDatabase(env.TENANTS, forJob(organizationId, "sweep"))));
      log.info("outbox.swept", { organizationId, sent });
    } catch (cause) {
      // One organization's trouble is not the others'.
      log.error("outbox.not-swept", cause, { organizationId });
    }
  }
}

/** Mails the statements of the last month, some customers of each organization at a time. */
async function sweepStatements(env: Env, platform: Platform): Promise<void> {
  for (const organizationId of await platform.directory.organizationsWithMonthlyStatements())
    await mailStatements(automatic(env, platform, organizationId)).catch((cause) => log.error("statements.not-mailed", cause, { organizationId }));
}

async function mailStatements(s: ReturnType<typeof automatic>): Promise<void> {
  const organization = await s.directory.organization(s.db.scope.organizationId);
  if (organization) await mailMonthlyStatements({ ...s, noteOf: (customer) => readStatementNote(s, organization, customer) });
}

async function sweepReminders(env: Env, platform: Platform): Promise<void> {
  for (const organizationId of await platform.directory.organizationsWithReminders())
    await remind(automatic(env, platform, organizationId)).catch((cause) => log.error("reminders.not-sent", cause, { organizationId }));
}

const remind = (s: ReturnType<typeof automatic>) => sendReminders({ ...s, onItsWay: () => readPendingInvoices(s.db) });

/** Once a day, asks the mail provider what became of mails whose reports never came. */
export const sweepMails = (env: Env, platform: Platform): Promise<void> =>
  forEachOrganization(env, platform, "mails.not-asked", async ({ organizationId, ...s }) => {
    const answer = await askAfterMails({ ...s, settings: platform.settings, turns: mailTurnsOf(env) });
    if (answer.asked > 0) log.info("mails.asked", { organizationId, ...answer });
  });

/** Square's tokens last 30 days; a week before, each hour tries to renew them. */
export async function sweepSquareAccess(env: Env, platform: Platform): Promise<void> {
  for (const organizationId of await platform.directory.organizationsWithSquareAccessUntil(later(platform.clock.now(), 7 * DAY)))
    await renewSquareAccess(automatic(env, platform, organizationId)).catch((cause) => log.error("square.not-renewed", cause, { organizationId }));
}

/** Closes checkouts that are out of date. */
async function sweepCheckouts(env: Env, platform: Platform): Promise<void> {
  for (const organizationId of await platform.directory.organizationsWithCheckouts())
    await closeCheckouts(automatic(env, platform, organizationId)).catch((cause) => log.error("checkouts.not-closed", cause, { organizationId }));
}

/** Asks the office about money that is late. */
export async function sweepLatePayments(env: Env, platform: Platform): Promise<void> {
  for (const organizationId of await platform.directory.organizationsWithCheckouts()) {
    const s = automatic(env, platform, organizationId);
    const zone = (await s.directory.organization(organizationId))?.zone ?? "UTC";
    await askAboutLate({ ...s, zone }).catch((cause) => log.error("payments.late-not-asked", cause, { organizationId }));
  }
}

/** Asks Square what changed since `ms` ago, for what no notice reported. */
export async function sweepSquare(env: Env, platform: Platform, ms: number): Promise<void> {
  for (const organizationId of await platform.directory.organizationsWithSquare()) {
    const found = await catchUpWithSquare(automatic(env, platform, organizationId), later(platform.clock.now(), -ms)).catch((cause) =>
      log.error("square.not-asked", cause, { organizationId }),
    );
    if (found)
      log.info("square.asked", {
        organizationId,
        payments: found.payments,
        refunds: found.refunds,
        disputes: found.disputes,
        found: found.found,
        unread: found.unread,
        fault: found.fault?.kind,
      });
  }
}

/** What a job may ask for that acts on its own for an organization. */
function automatic(env: Env, platform: Platform, organizationId: Id<"organization">) {
  const scope = forJob(organizationId, "Automatic");
  const [db, files] = [scopedDatabase(env.TENANTS, scope), scopedFiles(env.FILES, scope)];
  return { ...platform, db, files, documents: documentsOf({ db, files, clock: platform.clock, assets: env.ASSETS }) };
}

/** Seals what waits and, in the first minute of each hour, puts today's hash aside where that has not been done. */
export async function sweepJournal(env: Env, platform: Platform): Promise<void> {
  const now = platform.clock.now();
  for (const organizationId of await platform.directory.organizationsWithUnsealedRows(now)) {
    const db = scopedDatabase(env.TENANTS, forJob(organizationId, "sealer"));
    await sealJournal({ ...platform, db }).catch((cause) => log.error("journal.not-sealed", cause, { organizationId }));
  }
  if (now % HOUR >= MINUTE) return;
  for (const organizationId of await platform.directory.organizationsWithSeals()) {
    const scope = forJob(organizationId, "sealer");
    await anchorJournal({ ...platform, db: scopedDatabase(env.TENANTS, scope), files: scopedFiles(env.FILES, scope) }).catch((cause) =>
      log.error("journal.not-anchored", cause, { organizationId }),
    );
  }
}

export default {
  async fetch(request, env, execution) {
    return answer(request, env, execution, async () => new Response("Not found", { status: 404 }));
  },
  queue: consume,
  scheduled: (_event, env, execution) => sweep(env, execution),
} satisfies ExportedHandler<Env, QueueMessage>;

/** Answers in the background or by a page, and counts what a signed-in person was refused. */
export async function answer(request: Request, env: Env, execution: ExecutionContext, page: (context: LoadContext) => Promise<Response>): Promise<Response> {
  const context = contextOf(env, execution);
  const answered = (await answerSafely(request, env, execution)) ?? (await page(context));
  countRefusedRequest(context, request, answered.status);
  return answered;
}

/** A fault inside is logged under a reference that the caller can quote; nothing of it goes out. */
async function answerSafely(request: Request, env: Env, execution: ExecutionContext): Promise<Response | null> {
  try {
    return await answerInBackground(request, env, execution);
  } catch (cause) {
    const reference = crypto.randomUUID().slice(0, 8);
    log.error("request.failed", cause, { reference, path: new URL(request.url).pathname.split("/").slice(0, 3).join("/") });
    return new Response(`Something failed on our side. Nothing you sent was lost; send it again. Reference ${reference}.\n`, {
      status: 503,
      headers: { "Retry-After": "5" },
    });
  }
}
