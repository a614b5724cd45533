import type { Portal } from "~/kernel/audience";

/** Who sits behind a socket. The gate writes it after checking the session; a room believes nobody else. */
export type Viewer = {
  audience: Portal;
  sessionId: string;
  /** The person; null for somebody who looks through their eyes. */
  membershipId: string | null;
  partyId: string | null;
  name: string;
  /** The record that the page claims to have open; only people of the same shop see it. */
  at: string | null;
  expiresAt: number;
};

/** Stripped from every request that comes from outside. */
export const VIEWER_HEADER = "x-baytrack-viewer";

export const writeViewer = (viewer: Viewer): string => JSON.stringify(viewer);

export function readViewer(request: Request): Viewer | null {
  const text = request.headers.get(VIEWER_HEADER);
  return text ? (JSON.parse(text) as Viewer) : null; // written by the gate alone
}

/** What this viewer may hear of: all of the organization, or what is one party's. */
export const scopeTag = (viewer: Pick<Viewer, "audience" | "partyId">): string =>
  viewer.audience === "staff" ? "staff" : `${viewer.audience}:${viewer.partyId}`;

export const sessionTag = (sessionId: string): string => `session:${sessionId}`;

export const personTag = (membershipId: string): string => `person:${membershipId}`;

/** All sockets of a portal: used to close a portal that the plan no longer includes. */
export const portalTag = (portal: Portal): string => `portal:${portal}`;

/** The record that an address names with `?at=`; whether it exists is nobody's business here. */
export function recordIn(url: URL): string | null {
  const at = url.searchParams.get("at");
  return at !== null && /^[a-z]{2,4}_[0-9a-z]{26}$/.test(at) ? at : null;
}
