/** What every page tells the browser about what it may do. The map draws in a worker of our own and on blobs of its own. */
export function pageHeaders(headers: Headers, nonce: string, options: { development: boolean }): void {
  const connect = options.development ? "connect-src 'self' ws: wss:" : "connect-src 'self'";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'${options.development ? " 'unsafe-inline'" : ""}`,
    // Server-rendered style="" attributes carry positions and brand colors.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    connect,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Security-Policy", policy.join("; "));
  // `no-referrer` would turn a form's Origin into `null`.
  headers.set("Referrer-Policy", "same-origin");
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("X-Frame-Options", "DENY");
  headers.set("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()");
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  if (!options.development) headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-store");
}

/** The data behind a page, and what else is answered: not cached and not sniffed, unless its own headers allow it. */
export function privateByDefault(answer: Response): Response {
  if (answer.headers.has("Cache-Control") && answer.headers.has("X-Content-Type-Options")) return answer;
  const own = new Response(answer.body, answer);
  if (!own.headers.has("Cache-Control")) own.headers.set("Cache-Control", "private, no-store");
  own.headers.set("X-Content-Type-Options", "nosniff");
  return own;
}
