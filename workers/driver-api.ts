import { parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { planIncludesPortal } from "~/kernel/plans";
import { DAY, later } from "~/kernel/time";
import { fileRefusalMessage } from "~/modules/attachments/attachment";
import { addInspectionPhoto, MAX_PHOTO_BYTES } from "~/modules/inspections/filing/add-inspection-photo.server";
import { fileInspection } from "~/modules/inspections/filing/file-inspection.server";
import { instant, MAX_SUBMISSION_BYTES, SubmissionForm } from "~/modules/inspections/filing/submission";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { FoundFilingToken } from "~/platform/directory/directory.server";
import { bytesUpTo } from "~/platform/http/body.server";
import { isFromOwnPage } from "~/platform/http/origin.server";
import { fromFilingToken, fromSession } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { readDriverStart } from "~/queries/driver/start.server";
import type { LoadContext } from "./context";

/** How long a phone can file without signing in again. */
const TOKEN_LIVES = 30 * DAY;

const json = (status: number, body: unknown, headers: HeadersInit = {}) =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
const refuse = (status: number, error: string, headers: HeadersInit = {}) => json(status, { error }, headers);

/**
 * What the driver's phone asks for and sends, all of it safe to repeat:
 * `GET /api/driver/start` what it keeps for the road (204 for who is signed out), `POST /api/driver/device` a token to file with, both by session;
 * `PUT /api/driver/inspections/<submission>` signed reports and `PUT /api/driver/photos/<attachment>` their photos, both
 * by that token.
 */
export async function driverApi(request: Request, context: LoadContext): Promise<Response> {
  const [, what = "", given] = /^\/api\/driver\/([a-z]+)(?:\/([^/]+))?$/.exec(new URL(request.url).pathname) ?? [];
  switch (`${request.method} ${what}`) {
    case "GET start":
      return start(request, context);
    case "POST device":
      return device(request, context);
    case "PUT inspections":
      return withToken(request, context, (found) => inspection(request, context, found, given));
    case "PUT photos":
      return withToken(request, context, (found) => photo(request, context, found, given));
    default:
      return refuse(404, "There is nothing at this address.");
  }
}

async function signedIn(request: Request, { platform, servicesFor }: LoadContext) {
  const session = await sessionOf(platform, request, "driver");
  if (!session) return { refused: refuse(401, "Sign in again. What you filled in is kept on this phone.") };
  if (!planIncludesPortal(session.organization.plan, "driver") || !may("driver", null, "inspection:file"))
    return { refused: refuse(403, `This portal of ${session.organization.name} is closed at the moment.`) };
  const scope = fromSession(session, request);
  return { session, scope, services: servicesFor(scope) };
}

async function start(request: Request, context: LoadContext): Promise<Response> {
  const { refused, session, services } = await signedIn(request, context);
  // To ask whether anybody is signed in is no fault, and a browser would log one.
  if (refused?.status === 401) return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
  if (refused) return refused;
  const read = await readDriverStart(services.db, services.clock.now());
  if (!read) return refuse(403, "The shop no longer lists you as a driver.");
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

async function device(request: Request, context: LoadContext): Promise<Response> {
  if (!isFromOwnPage(request)) return refuse(403, "This was sent from another site, so nothing was changed.");
  const { refused, session, scope, services } = await signedIn(request, context);
  if (refused) return refused;
  if (scope.readOnly) return refuse(403, "You're viewing as someone else, so you can't file anything.");
  const [token, now] = [newToken(), services.clock.now()];
  await services.directory.addFilingToken({
    tokenHash: sha256(token),
    membershipId: session.membership.id,
    organizationId: session.organization.id,
    createdAt: now,
    expiresAt: later(now, TOKEN_LIVES),
  });
  return json(201, { token, expiresAt: later(now, TOKEN_LIVES) });
}

async function withToken(request: Request, { platform }: LoadContext, run: (found: FoundFilingToken) => Promise<Response>): Promise<Response> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.get("Authorization") ?? "")?.[1];
  const found = token ? await platform.directory.findFilingToken(sha256(token), platform.clock.now()) : null;
  if (!found) return refuse(401, "Sign in again to send it. It is kept on this phone.");
  if (!(await platform.withinLimit("upload", found.membership.id)))
    return refuse(429, "That's a lot at once. It goes on in a minute.", { "Retry-After": "60" });
  return run(found);
}

async function inspection(request: Request, { servicesFor }: LoadContext, found: FoundFilingToken, given: string | undefined): Promise<Response> {
  const id = parseId("submission", given);
  if (!id) return refuse(404, "There is no such report.");
  const bytes = await bytesUpTo(request, MAX_SUBMISSION_BYTES);
  if (!bytes) return refuse(413, "This report is too long. Shorten its notes.");
  const submission = SubmissionForm.safeParse(parseJson(bytes));
  if (!submission.success) {
    const [issue] = submission.error.issues;
    return refuse(422, `This report can't be read: ${issue?.path.join(".") || "report"}: ${issue?.message ?? "invalid"}`);
  }
  const services = servicesFor(fromFilingToken(found, request));
  const sent = Number(request.headers.get("X-Sent-At") ?? Number.NaN);
  const filed = await fileInspection(services, {
    id,
    submission: submission.data,
    sentAt: instant.safeParse(sent).success ? sent : null,
    accessEndedAt: found.membership.endedAt,
  });
  services.drainSoon();
  if (filed.ok) return json(200, { id, missingPhotos: filed.value.missingPhotos });
  switch (filed.error.kind) {
    case "id-taken":
      return refuse(409, "Another report was filed under this id, so this one was not. Show this to the shop.");
    case "over-quota":
      return refuse(429, filed.error.message, { "Retry-After": String(filed.error.retryAfterSeconds) });
    case "not-fileable":
      return refuse(422, filed.error.message);
    case "no-such-driver":
      return refuse(403, "The shop no longer lists you as a driver. Call the shop.");
    case "access-ended":
      return refuse(403, "Your access ended before you signed this report. Call the shop.");
  }
}

async function photo(request: Request, { servicesFor }: LoadContext, found: FoundFilingToken, given: string | undefined): Promise<Response> {
  const id = parseId("attachment", given);
  if (!id) return refuse(404, "There is no such photo.");
  const bytes = await bytesUpTo(request, MAX_PHOTO_BYTES);
  if (!bytes) return refuse(413, "A photo can have up to 12 MB.");
  const kept = await addInspectionPhoto(servicesFor(fromFilingToken(found, request)), id, bytes);
  if (kept.ok) return json(200, { id });
  switch (kept.error.kind) {
    case "not-in-a-report":
      return refuse(404, "No report of yours has this photo. Send the report first.");
    case "damaged":
      return refuse(422, "This is not the photo that was signed. Send it again.");
    case "over-quota":
      return refuse(429, kept.error.message, { "Retry-After": String(kept.error.retryAfterSeconds) });
    case "id-taken":
      return refuse(409, fileRefusalMessage(kept.error));
    case "too-large":
      return refuse(413, fileRefusalMessage(kept.error));
    case "empty":
    case "type":
      return refuse(415, fileRefusalMessage(kept.error));
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
