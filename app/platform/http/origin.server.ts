import { networkOf } from "~/kernel/network";

/**
 * Whether a request that changes something came from a page of this site. Browsers send this
 * themselves (Fetch Metadata); older ones at least name their origin.
 */
export function isFromOwnPage(request: Request): boolean {
  const site = request.headers.get("Sec-Fetch-Site");
  if (site !== null) return site === "same-origin";
  return request.headers.get("Origin") === new URL(request.url).origin;
}

/** The address that asked, as far as it is known; the edge writes this header itself. */
export const addressOf = (request: Request): string => request.headers.get("CF-Connecting-IP") ?? "unknown";

/** Where a request came from: its address and browser, as far as they are known. */
export type RequestSource = { ip: string | null; userAgent: string | null };

export const sourceOf = (request: Request): RequestSource => ({
  ip: request.headers.get("CF-Connecting-IP"),
  userAgent: request.headers.get("User-Agent")?.slice(0, 300) ?? null,
});

/** The same as tries are counted by it. */
export const networkBehind = (request: Request): string => networkOf(addressOf(request));
