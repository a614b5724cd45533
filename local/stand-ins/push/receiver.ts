/** The browser's side of RFC 8291: the keys of a subscription, and what opens a message. */
export type ReceiverKeys = { privateKey: JsonWebKey; publicKey: string; auth: string };

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
export const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

export async function newReceiverKeys(): Promise<ReceiverKeys> {
  const pair = (await crypto.subtle.generateKey(CURVE, true, ["deriveBits"])) as CryptoKeyPair; // a pair, for this algorithm
  const point = new Uint8Array((await crypto.subtle.exportKey("raw", pair.publicKey)) as ArrayBuffer);
  return {
    privateKey: (await crypto.subtle.exportKey("jwk", pair.privateKey)) as JsonWebKey,
    publicKey: toBase64Url(point),
    auth: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
  };
}

async function hkdf(salt: Uint8Array<ArrayBuffer>, secret: Uint8Array<ArrayBuffer>, info: Uint8Array<ArrayBuffer>, length: number) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8));
}

const joined = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Opens a body of the content coding `aes128gcm` (RFC 8188) in one record, as push messages are; throws where it doesn't open. */
export async function openMessage(body: Uint8Array<ArrayBuffer>, { privateKey, publicKey, auth }: ReceiverKeys): Promise<string> {
  const salt = body.slice(0, 16);
  const recordSize = new DataView(body.buffer, body.byteOffset).getUint32(16);
  const sender = body.slice(21, 21 + (body[20] ?? 0));
  const sealed = body.slice(21 + sender.length);
  if (sender.length !== 65) throw new Error("the key id is not the sender's public key");
  if (recordSize < 18 || sealed.length > recordSize) throw new Error("more than one record");
  const own = await crypto.subtle.importKey("jwk", privateKey, CURVE, false, ["deriveBits"]);
  const theirs = await crypto.subtle.importKey("raw", sender, CURVE, false, []);
  // Cloudflare's types name the field otherwise than its runtime and the standard do.
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs } as never, own, 256));
  const secret = await hkdf(fromBase64Url(auth), shared, joined(bytesOf("WebPush: info\0"), fromBase64Url(publicKey), sender), 32);
  const key = await hkdf(salt, secret, bytesOf("Content-Encoding: aes128gcm\0"), 16);
  const nonce = await hkdf(salt, secret, bytesOf("Content-Encoding: nonce\0"), 12);
  const content = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const padded = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, content, sealed));
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error("the last record has no end");
  return new TextDecoder().decode(padded.slice(0, end));
}
