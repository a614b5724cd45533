import * as z from "zod";
import { isPortal, type Portal, portals } from "~/kernel/audience";
import { type Id, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { planIncludesPortal } from "~/kernel/plans";
import { type FileRefusal, fileRefusalMessage, MAX_THUMBNAIL_BYTES } from "~/modules/attachments/attachment";
import { beginUpload } from "~/modules/attachments/upload/begin-upload.server";
import { completeUpload } from "~/modules/attachments/upload/complete-upload.server";
import { endUpload } from "~/modules/attachments/upload/end-upload.server";
import { PART_BYTES } from "~/modules/attachments/upload/parts";
import { keepPart, keepThumbnail } from "~/modules/attachments/upload/store-part.server";
import { bytesUpTo } from "~/platform/http/body.server";
import { isFromOwnPage } from "~/platform/http/origin.server";
import { fromSession } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { canAttachTo } from "~/queries/can-attach-to.server";
import type { LoadContext, Services } from "./context";

type UploadRequest = { id: Id<"attachment">; services: Services<Portal>; request: Request };

const MAX_BEGIN = 16_384;
const BeginForm = z.object({
  to: z.string(),
  name: z.string().min(1).max(1_000),
  bytes: z.number().int().min(0),
  audiences: z.array(z.enum(portals)).max(portals.length).default([]),
});

const refuse = (status: number, error: string, more: Record<string, unknown> = {}, headers: HeadersInit = {}) => json(status, { error, ...more }, headers);
const json = (status: number, body: unknown, headers: HeadersInit = {}) =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
const nothing = () => new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });

const GONE = "This upload is over. Choose the file again.";
const refusalStatus: Record<FileRefusal["kind"], number> = { empty: 422, "too-large": 413, type: 415, "id-taken": 409 };
const refused = (refusal: FileRefusal) => refuse(refusalStatus[refusal.kind], fileRefusalMessage(refusal));

/**
 * Files on their way in, part by part:
 * `PUT /uploads/<id>` begins or resumes, `PUT …/parts/<n>` brings a part, `PUT …/thumbnail` a small picture of it,
 * `POST …/complete` makes it an attachment, `DELETE` gives it up.
 */
export async function uploads(request: Request, { platform, servicesFor }: LoadContext): Promise<Response> {
  const url = new URL(request.url);
  const [, given, step = "", number] = /^\/uploads\/([^/]+)(?:\/(parts|thumbnail|complete)(?:\/(\d{1,6}))?)?$/.exec(url.pathname) ?? [];
  const id = parseId("attachment", given);
  if (!id) return refuse(404, "No such upload.");
  if (!isFromOwnPage(request)) return refuse(403, "This was sent from another site, so nothing was changed.");
  const as = url.searchParams.get("as") ?? "staff";
  const session = isPortal(as) ? await sessionOf(platform, request, as) : null;
  if (!session) return refuse(401, "You are signed out. Sign in again; what was sent of the file is kept for a day.");
  const { organization, membership, audience } = session;
  if (session.kind === "impersonation") return refuse(403, "You're viewing as someone else, so nothing was added. Stop viewing first.");
  if (!planIncludesPortal(organization.plan, audience) || !may(audience, membership.role, "attachment:add"))
    return refuse(403, "Adding files is not open to you.");
  if (!(await platform.withinLimit("upload", membership.id)))
    return refuse(429, "You're sending a lot at once. It goes on in a minute.", {}, { "Retry-After": "60" });

  const upload: UploadRequest = { id, request, services: servicesFor(fromSession(session, request)) };
  switch (`${request.method} ${step}`) {
    case "PUT ":
      return begin(upload);
    case "DELETE ":
      await endUpload(upload.services, id);
      return nothing();
    case "PUT parts":
      return part(upload, Number(number ?? 0));
    case "PUT thumbnail":
      return thumbnail(upload);
    case "POST complete":
      return complete(upload);
    default:
      return refuse(405, "An upload is begun with PUT.", {}, { Allow: step === "complete" ? "POST" : step === "" ? "PUT, DELETE" : "PUT" });
  }
}

async function begin({ id, request, services }: UploadRequest): Promise<Response> {
  const bytes = await bytesUpTo(request, MAX_BEGIN);
  if (!bytes) return refuse(413, "The description of this file is too long.");
  const asked = BeginForm.safeParse(parseJson(bytes));
  if (!asked.success) return refuse(422, "Name, type and size of the file are missing.");
  const begun = await beginUpload(services, { id, ...asked.data }, canAttachTo(services.db));
  if (begun.ok) return json(200, { ...begun.value, partBytes: PART_BYTES });
  switch (begun.error.kind) {
    case "not-found":
      return refuse(404, "There is nothing here to add a file to. Reload the page.");
    case "ended":
      return refuse(410, GONE);
    case "over-quota":
      return refuse(429, begun.error.message, {}, { "Retry-After": String(begun.error.retryAfterSeconds) });
    default:
      return refused(begun.error);
  }
}

async function part({ id, request, services }: UploadRequest, number: number): Promise<Response> {
  const length = request.headers.get("Content-Length");
  const sha256 = /(?:^|,\s*)sha-256=:([A-Za-z0-9+/]{43}=):/.exec(request.headers.get("Content-Digest") ?? "")?.[1];
  if (!request.body || length === null) return refuse(411, "Send Content-Length with each part.");
  if (!sha256) return refuse(422, "Send Content-Digest: sha-256=:…: with each part.");
  const kept = await keepPart(services, id, { number, bytes: Number(length), sha256, body: request.body });
  if (kept.ok) return nothing();
  switch (kept.error.kind) {
    case "not-found":
      return refuse(410, GONE);
    case "wrong-length":
      return kept.error.length !== null && Number(length) > kept.error.length
        ? refuse(413, "That is more than this part of the file.")
        : refuse(422, kept.error.length === null ? "The file has no such part." : `This part of the file has ${kept.error.length} bytes.`);
    case "damaged":
      return refuse(422, "That part did not arrive as it was sent. Send it again.", { again: true });
    default:
      return refused(kept.error);
  }
}

async function thumbnail({ id, request, services }: UploadRequest): Promise<Response> {
  const kept = await keepThumbnail(services, id, await bytesUpTo(request, MAX_THUMBNAIL_BYTES));
  if (kept.ok) return nothing();
  return kept.error.kind === "not-found" ? refuse(410, GONE) : refuse(422, "A thumbnail is a JPEG of up to 200 kB.");
}

async function complete({ id, services }: UploadRequest): Promise<Response> {
  const kept = await completeUpload(services, id, canAttachTo(services.db));
  if (kept.ok) {
    services.drainSoon();
    return json(201, { id });
  }
  switch (kept.error.kind) {
    case "not-found":
      return refuse(410, GONE);
    case "missing":
      return refuse(409, "Parts of the file are missing.", { missing: kept.error.parts });
    default:
      return refused(kept.error);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
