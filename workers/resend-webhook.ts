import { deliveryStore } from "~/modules/notifications/delivery.store.server";
import { notificationEffects } from "~/modules/notifications/notification.effects";
import { type ReceivedEvent, readReceivedEvent } from "~/modules/notifications/replies/received-mail";
import { readReplyAddress } from "~/modules/notifications/replies/reply-address";
import { readMailReport } from "~/modules/notifications/resend-event";
import { verifySvixSignature } from "~/modules/notifications/svix-signature.server";
import { effectRow } from "~/platform/database/journal.server";
import { bytesUpTo } from "~/platform/http/body.server";
import { log } from "~/platform/log.server";
import { forJob } from "~/platform/scope/scope.server";
import type { LoadContext } from "./context";

const MAX_BODY = 262_144;

/**
 * Where Resend reports what became of a mail. A signed report is applied once; one that isn't about a mail of ours is
 * answered too, or Resend would send it for a day.
 */
export async function resendWebhook(request: Request, { platform, servicesFor }: LoadContext): Promise<Response> {
  const secret = platform.settings.mailWebhookSecret;
  if (!secret) return answer(404, "Reports on mail aren't set up here.");
  if (request.method !== "POST") return answer(405, "Send reports by POST.", { Allow: "POST" });
  const body = await bytesUpTo(request, MAX_BODY);
  if (body === null) return answer(413, "A report has at most 256 kB.");
  const [id, timestamp, signatures] = ["svix-id", "svix-timestamp", "svix-signature"].map((name) => request.headers.get(name) ?? "") as [
    string,
    string,
    string,
  ]; // one for each name
  const now = platform.clock.now();
  if (id === "" || id.length > 100 || !(await verifySvixSignature(secret, { id, timestamp, signatures, body }, now)))
    return answer(403, "The signature is not Resend's.");
  const text = new TextDecoder().decode(body);
  const received = readReceivedEvent(text);
  if (received) return takeReceived(received, { platform, servicesFor });
  const report = readMailReport(text, now);
  if (report === null) return answer(400, "This is no report.");
  if (report === "other") return answer(200, "Not followed.");
  if (!(await platform.directory.organization(report.organizationId))) {
    log.info("mail.report-of-nobody", { organizationId: report.organizationId });
    return answer(200, "Unknown shop.");
  }
  const services = servicesFor(forJob(report.organizationId, "Resend"));
  const isNew = await deliveryStore(services.db).apply(id, report, now);
  if (!isNew) return answer(200, "Applied before.");
  services.drainSoon();
  return answer(200, "Applied.");
}

/** A mail that came in: a reply to one of ours is read in its turn. Anything else sent to the domain is nobody's. */
async function takeReceived({ emailId, recipients }: ReceivedEvent, { platform, servicesFor }: LoadContext): Promise<Response> {
  const domain = platform.settings.mail?.replyDomain;
  const replied = domain ? readReplyAddress(domain, recipients) : null;
  if (!replied || !(await platform.directory.organization(replied.organizationId))) return answer(200, "No reply to a mail of ours.");
  const services = servicesFor(forJob(replied.organizationId, "Resend"));
  const effect = notificationEffects.of("mail.reply", `mail.reply:${emailId}`, { tag: replied.tag, emailId });
  await services.db.batch([effectRow(services.db, effect, platform.clock.now())]);
  services.drainSoon();
  return answer(200, "Taken.");
}

const answer = (status: number, text: string, headers: HeadersInit = {}): Response =>
  new Response(`${text}\n`, { status, headers: { "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8", ...headers } });
