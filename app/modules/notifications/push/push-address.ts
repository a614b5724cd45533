/** The push services of browsers. The server calls no other address, whatever a browser names. */
const SERVICES = [/^fcm\.googleapis\.com$/, /^([\w-]+\.)*push\.services\.mozilla\.com$/, /^([\w-]+\.)*push\.apple\.com$/, /^([\w-]+\.)*notify\.windows\.com$/];

/** The host in addresses of the stand-in, which development has in place of a push service. */
export const PUSH_STAND_IN_HOST = "push.baytrack.test";

/** A push service's address is a few hundred characters long. */
const LONGEST = 1_000;

/** Whether a browser's address leads to a push service; `standIn` in development only. */
export function isPushAddress(endpoint: string, options: { standIn: boolean }): boolean {
  if (endpoint.length > LONGEST || !URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username, password } = new URL(endpoint);
  if (protocol !== "https:" || port !== "" || username !== "" || password !== "") return false;
  return SERVICES.some((service) => service.test(hostname)) || (options.standIn && hostname === PUSH_STAND_IN_HOST);
}

/** A point of the curve, uncompressed, and a secret of 16 bytes, as browsers give them (RFC 8291). */
export const PUSH_KEYS = { p256dh: /^B[\w-]{86}$/, auth: /^[\w-]{22}$/ };
