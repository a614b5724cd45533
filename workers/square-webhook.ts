import { readNotice } from "~/modules/payments/square/square-event";
import { squareEventStore } from "~/modules/payments/square/square-event.store.server";
import { verifySquareSignature } from "~/modules/payments/square/square-signature.server";
import { bytesUpTo } from "~/platform/http/body.server";
import { log } from "~/platform/log.server";
import { forJob } from "~/platform/scope/scope.server";
import type { LoadContext } from "./context";

const MAX_BODY = 262_144;

/**
 * Where Square tells of payments. A notice with Square's signature is kept once, answered and handled afterwards; one
 * about a shop we don't know is answered too, or Square would send it for a day.
 */
export async function squareWebhook(request: Request, { platform, servicesFor }: LoadContext): Promise<Response> {
  const square = platform.settings.square;
  if (!square) return answer(404, "Square isn't set up here.");
  if (request.method !== "POST") return answer(405, "Send notices by POST.", { Allow: "POST" });
  const bytes = await bytesUpTo(request, MAX_BODY);
  if (bytes === null) return answer(413, "A notice has at most 256 kB.");
  const raw = new TextDecoder().decode(bytes);
  if (!verifySquareSignature(square.webhook.key, square.webhook.url, raw, request.headers.get("x-square-hmacsha256-signature")))
    return answer(403, "The signature is not Square's.");
  const notice = readNotice(raw);
  if (!notice) return answer(400, "This is no notice.");
  const organizationId = await platform.directory.organizationOfSquareAccount({ environment: square.environment, merchantId: notice.merchantId });
  if (!organizationId) {
    log.info("square.event-of-nobody", { type: notice.type });
    return answer(200, "Unknown seller.");
  }
  const services = servicesFor(forJob(organizationId, "Square"));
  await squareEventStore(services.db).keep({ id: notice.eventId, type: notice.type, raw }, platform.clock.now());
  services.drainSoon();
  return answer(200, "Kept.");
}

const answer = (status: number, text: string, headers: HeadersInit = {}): Response =>
  new Response(`${text}\n`, { status, headers: { "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8", ...headers } });
