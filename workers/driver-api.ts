import { parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { planIncludesPortal } from "~/kernel/plans";
import { DAY, later } from "~/kernel/time";
import { addInspectionPhoto, MAX_PHOTO_BYTES } from "~/modules/inspections/filing/add-inspection-photo.server";
import { bringVideo, bringVideoPart } from "~/modules/inspections/filing/add-inspection-video.server";
import { fileInspection } from "~/modules/inspections/filing/file-inspection.server";
import { type FilingCode, filingRefusals } from "~/modules/inspections/filing/refusals";
import { instant, MAX_SUBMISSION_BYTES, SubmissionForm } from "~/modules/inspections/filing/submission";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { FoundFilingToken } from "~/platform/directory/directory.server";
import { bytesUpTo } from "~/platform/http/body.server";
import { isFromOwnPage } from "~/platform/http/origin.server";
import { fromFilingToken, fromSession } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { readDriverStart } from "~/queries/driver/start.server";
import { readRoadsideForDriver } from "~/queries/roadside.server";
import { roadsideHtml } from "~/routes/public/roadside/answer.server";
import type { LoadContext } from "./context";

/** How long a phone can file without signing in again. */
const TOKEN_LIVES = 30 * DAY;

const json = (status: number, body: unknown, headers: HeadersInit = {}) =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
const say = (status: number, error: string, headers: HeadersInit = {}) => json(status, { error }, headers);
/** Refuses with a code, for which the phone has words in its driver's language. */
const refuse = (status: number, code: FilingCode, unit = "") => json(status, { code, unit, error: filingRefusals[code](unit) });

/**
 * What the driver's phone asks for and sends, all of it safe to repeat:
 * `GET /api/driver/start` what it keeps for the road (204 for who is signed out), `GET /api/driver/roadside` the open roadside
 * pages of today's vehicles, `POST /api/driver/device` a token to file with, all by session;
 * `PUT /api/driver/inspections/<submission>` signed reports, `PUT /api/driver/photos/<attachment>` their photos,
 * `PUT /api/driver/videos/<attachment>` which parts of a video are missing, or none once it is whole, and
 * `PUT /api/driver/videos/<attachment>/<n>` a part, all by that token.
 */
export async function driverApi(request: Request, context: LoadContext): Promise<Response> {
  const [, what = "", given, part] = /^\/api\/driver\/([a-z]+)(?:\/([^/]+))?(?:\/(\d{1,3}))?$/.exec(new URL(request.url).pathname) ?? [];
  switch (`${request.method} ${what}`) {
    case "GET start":
      return start(request, context);
    case "GET roadside":
      return roadside(request, context);
    case "POST device":
      return device(request, context);
    case "PUT inspections":
      return withToken(request, context, (found) => inspection(request, context, found, given));
    case "PUT photos":
      return withToken(request, context, (found) => photo(request, context, found, given));
    case "PUT videos":
      return withToken(request, context, (found) => video(request, context, found, given, part));
    default:
      return say(404, "There is nothing at this address.");
  }
}

async function signedIn(request: Request, { platform, servicesFor }: LoadContext) {
  const session = await sessionOf(platform, request, "driver");
  if (!session) return { refused: say(401, "Sign in again. What you filled in is kept on this phone.") };
  if (!planIncludesPortal(session.organization.plan, "driver") || !may("driver", null, "inspection:file")) return { refused: refuse(403, "portal-closed") };
  const scope = fromSession(session, request);
  return { session, scope, services: servicesFor(scope) };
}

async function start(request: Request, context: LoadContext): Promise<Response> {
  const { refused, session, services } = await signedIn(request, context);
  // To ask whether anybody is signed in is no fault, and a browser would log one.
  if (refused?.status === 401) return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
  if (refused) return refused;
  const read = await readDriverStart(services.db, services.clock.now());
  if (!read) return refuse(403, "no-such-driver");
  const { id: organizationId, name, brandColor: color, phone, zone, locale, distanceUnit } = session.organization;
  return json(200, {
    ...read,
    at: services.clock.now(),
    membershipId: session.membership.id,
    isShared: session.kind === "shared",
    organizationId,
    shop: { name, color, phone, zone, locale, distanceUnit },
  });
}

async function roadside(request: Request, context: LoadContext): Promise<Response> {
  const { refused, session, services } = await signedIn(request, context);
  if (refused) return refused;
  const pages = await readRoadsideForDriver(services.db, services.clock.now());
  return json(
    200,
    pages.map(({ assetId, record }) => ({
      assetId,
      at: services.clock.now(),
      expiresAt: record.unit.expiresAt,
      html: roadsideHtml(record, session.organization),
    })),
  );
}

async function device(request: Request, context: LoadContext): Promise<Response> {
  if (!isFromOwnPage(request)) return say(403, "This was sent from another site, so nothing was changed.");
  const { refused, session, scope, services } = await signedIn(request, context);
  if (refused) return refused;
  if (scope.readOnly) return say(403, "You're viewing as someone else, so you can't file anything.");
  const [token, now] = [newToken(), services.clock.now()];
  await services.directory.addFilingToken({
    tokenHash: sha256(token),
    membershipId: session.membership.id,
    organizationId: session.organization.id,
    sessionId: session.id,
    createdAt: now,
    expiresAt: later(now, TOKEN_LIVES),
  });
  return json(201, { token, expiresAt: later(now, TOKEN_LIVES) });
}

async function withToken(request: Request, { platform }: LoadContext, run: (found: FoundFilingToken) => Promise<Response>): Promise<Response> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.get("Authorization") ?? "")?.[1];
  const found = token ? await platform.directory.findFilingToken(sha256(token), platform.clock.now()) : null;
  if (!found) return say(401, "Sign in again to send it. It is kept on this phone.");
  if (!(await platform.withinLimit("upload", found.membership.id))) return say(429, "That's a lot at once. It goes on in a minute.", { "Retry-After": "60" });
  return run(found);
}

async function inspection(request: Request, { servicesFor }: LoadContext, found: FoundFilingToken, given: string | undefined): Promise<Response> {
  const id = parseId("submission", given);
  if (!id) return say(404, "There is no such report.");
  const bytes = await bytesUpTo(request, MAX_SUBMISSION_BYTES);
  if (!bytes) return refuse(413, "too-long");
  const submission = SubmissionForm.safeParse(parseJson(bytes));
  if (!submission.success) {
    const [issue] = submission.error.issues;
    const detail = `${issue?.path.join(".") || "report"}: ${issue?.message ?? "invalid"}`;
    return json(422, { code: "unreadable", unit: "", error: filingRefusals.unreadable(), detail });
  }
  const services = servicesFor(fromFilingToken(found, request));
  const sent = Number(request.headers.get("X-Sent-At") ?? Number.NaN);
  const filed = await fileInspection(services, {
    id,
    submission: submission.data,
    sentAt: instant.safeParse(sent).success ? sent : null,
    accessEndedAt: found.membership.endedAt,
    tokenEndedAt: found.endedAt,
  });
  services.drainSoon();
  if (filed.ok) return json(200, { id, ...filed.value });
  switch (filed.error.kind) {
    case "id-taken":
      return refuse(409, "id-taken");
    case "over-quota":
      return say(429, filed.error.message, { "Retry-After": String(filed.error.retryAfterSeconds) });
    case "not-fileable":
      return refuse(422, filed.error.code, filed.error.unit);
    case "no-such-driver":
      return refuse(403, "no-such-driver");
    case "access-ended":
      return refuse(403, "access-ended");
    case "token-ended":
      return refuse(401, "token-ended");
  }
}

async function photo(request: Request, { servicesFor }: LoadContext, found: FoundFilingToken, given: string | undefined): Promise<Response> {
  const id = parseId("attachment", given);
  if (!id) return say(404, "There is no such photo.");
  const bytes = await bytesUpTo(request, MAX_PHOTO_BYTES);
  if (!bytes) return refuse(413, "photo-too-large");
  const services = servicesFor(fromFilingToken(found, request));
  const kept = await addInspectionPhoto(services, id, bytes);
  services.drainSoon();
  if (kept.ok) return json(200, { id });
  switch (kept.error.kind) {
    case "not-in-a-report":
      return refuse(404, "photo-unknown");
    case "damaged":
      return refuse(422, "damaged-photo");
    case "over-quota":
      return say(429, kept.error.message, { "Retry-After": String(kept.error.retryAfterSeconds) });
    case "id-taken":
      return refuse(409, "photo-not-taken");
    case "too-large":
      return refuse(413, "photo-too-large");
    case "empty":
    case "type":
      return refuse(415, "photo-not-taken");
  }
}

async function video(
  request: Request,
  { servicesFor }: LoadContext,
  found: FoundFilingToken,
  given: string | undefined,
  part: string | undefined,
): Promise<Response> {
  const id = parseId("attachment", given);
  if (!id) return say(404, "There is no such video.");
  const services = servicesFor(fromFilingToken(found, request));
  if (part === undefined) {
    const brought = await bringVideo(services, id);
    services.drainSoon();
    return brought.ok ? json(200, { id, missing: brought.value.missing }) : refuseVideo(brought.error);
  }
  const length = request.headers.get("Content-Length");
  if (!request.body || length === null) return say(411, "Send Content-Length with each part.");
  const kept = await bringVideoPart(services, id, { number: Number(part), bytes: Number(length), body: request.body });
  return kept.ok ? json(200, { id }) : refuseVideo(kept.error);
}

type VideoRefusal =
  | Extract<Awaited<ReturnType<typeof bringVideo>>, { ok: false }>["error"]
  | Extract<Awaited<ReturnType<typeof bringVideoPart>>, { ok: false }>["error"];

function refuseVideo(refusal: VideoRefusal): Response {
  switch (refusal.kind) {
    case "not-in-a-report":
      return refuse(404, "video-unknown");
    case "over-quota":
      return say(429, refusal.message, { "Retry-After": String(refusal.retryAfterSeconds) });
    case "damaged":
    case "wrong-length":
      return refuse(422, "damaged-video");
    // It ended meanwhile: the phone asks again what is missing, and it is begun anew.
    case "ended":
    case "not-found":
      return say(503, "That video is begun anew.");
    default:
      return refuse(415, "video-not-taken");
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
