import { MINUTE, SECOND, type UtcMs } from "~/kernel/time";

const TOLERANCE = 5 * MINUTE;
const MOST_SIGNATURES = 10;

type Signed = { id: string; timestamp: string; body: Uint8Array<ArrayBuffer>; signatures: string };

/**
 * Whether a webhook was signed by Svix's scheme (https://docs.svix.com/receiving/verifying-payloads/how-manual):
 * HMAC-SHA256 over `id.timestamp.body`, no more than five minutes from now. While a secret is being replaced there are
 * several signatures, of which one must fit; WebCrypto compares in constant time.
 */
export async function verifySvixSignature(secret: string, { id, timestamp, body, signatures }: Signed, now: UtcMs): Promise<boolean> {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp) * SECOND) > TOLERANCE) return false;
  const raw = fromBase64(secret.replace(/^whsec_/, ""));
  if (!raw || raw.byteLength === 0) return false;
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const head = new TextEncoder().encode(`${id}.${timestamp}.`);
  const content = new Uint8Array(head.byteLength + body.byteLength);
  content.set(head);
  content.set(body, head.byteLength);
  let fits = false;
  for (const one of signatures.split(" ").slice(0, MOST_SIGNATURES)) {
    const signature = one.startsWith("v1,") ? fromBase64(one.slice(3)) : null;
    if (signature && (await crypto.subtle.verify("HMAC", key, signature, content))) fits = true;
  }
  return fits;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
