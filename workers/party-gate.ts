import { routePartykitRequest } from "partyserver";
import { isPortal, type Portal, portals } from "~/kernel/audience";
import { planIncludesPortal } from "~/kernel/plans";
import type { FoundSession } from "~/platform/directory/directory.server";
import type { Platform } from "~/platform/platform.server";
import { expiresAt } from "~/platform/sessions/session";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { recordIn, VIEWER_HEADER, writeViewer } from "../party/viewer";

const ROOM = /^\/parties\/(fleet-room|board-room)\/([^/]+)$/;
const mayConnect: Record<string, readonly Portal[]> = { "fleet-room": ["staff", "customer"], "board-room": ["staff", "customer", "vendor", "driver"] };

const refuse = (status: number, message: string) => new Response(message, { status });

/** Checks session and Origin before any socket opens, and removes every header that a client could forge. */
export async function partyGate(request: Request, env: Env, platform: Platform): Promise<Response> {
  const url = new URL(request.url);
  const [, room, organizationId] = ROOM.exec(url.pathname) ?? [];
  if (!room || !organizationId) return refuse(404, "No such room.");
  if (request.method !== "GET" || request.headers.get("Upgrade")?.toLowerCase() !== "websocket") return refuse(426, "This address takes WebSockets only.");
  const origin = request.headers.get("Origin");
  if (origin !== null && origin !== url.origin) return refuse(403, "Sockets are opened from pages of this site only.");

  const found = await viewerSession(platform, request, url.searchParams.get("as"));
  if (found instanceof Response) return found;
  if (found.organization.id !== organizationId) return refuse(403, "That room belongs to somebody else.");
  if (!planIncludesPortal(found.organization.plan, found.audience)) return refuse(403, "This portal is closed at the moment.");
  if (!mayConnect[room]?.includes(found.audience)) return refuse(403, "This room is not open to you.");

  url.searchParams.delete("_pk");
  const headers = new Headers(request.headers);
  for (const name of [...headers.keys()]) if (name.startsWith("x-partykit-") || name === VIEWER_HEADER) headers.delete(name);
  headers.set(
    VIEWER_HEADER,
    writeViewer({
      audience: found.audience,
      sessionId: found.id,
      membershipId: found.kind === "impersonation" ? null : found.membership.id,
      partyId: found.membership.partyId,
      name: found.membership.name,
      at: recordIn(url),
      expiresAt: Math.min(expiresAt(found), Number.MAX_SAFE_INTEGER),
    }),
  );
  const answer = await routePartykitRequest(new Request(url, { method: "GET", headers }), env as never); // the generated Env does not name the room classes
  return answer ? uncompressed(answer) : refuse(404, "No such room.");
}

/** Browsers always offer permessage-deflate, and a runtime that accepts would compress every frame anew for every socket. */
function uncompressed(answer: Response): Response {
  if (!answer.webSocket) return answer;
  const headers = new Headers(answer.headers);
  headers.set("Sec-WebSocket-Extensions", "identity");
  return new Response(null, { status: 101, webSocket: answer.webSocket, headers });
}

async function viewerSession(platform: Platform, request: Request, as: string | null): Promise<FoundSession | Response> {
  if (as !== null && !isPortal(as)) return refuse(400, "`as` is one of staff, customer, vendor, driver.");
  const asked = as === null ? portals : [as];
  // An open socket is not use of a session, so nothing is noted.
  const sessions = await Promise.all(asked.map((portal) => sessionOf(platform, request, portal, { touch: false })));
  const live = sessions.filter((session) => session !== null);
  if (live.length > 1) return refuse(400, "Two sessions are open in this browser: name one with ?as=.");
  return live[0] ?? refuse(401, "Sign in first.");
}
