/** A cookie that the request carries, or null. */
export function readCookie(request: Request, wanted: string): string | null {
  for (const pair of request.headers.get("Cookie")?.split(";") ?? []) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === wanted && value) return value;
  }
  return null;
}

/** The `__Host-` prefix makes the browser refuse the cookie over plain HTTP, for a path or from a subdomain. */
export const cookieLine = (name: `__Host-${string}`, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${seconds}`;
