import { encryptNotification } from "@block65/webcrypto-web-push";
import { afterEach, expect, test, vi } from "vitest";
import { fromBase64Url, newReceiverKeys, openMessage, toBase64Url } from "./receiver.ts";

/** RFC 8291, appendix A. */
const rfc = {
  plaintext: "When I grow up, I want to be a watermelon",
  senderPrivate: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  senderPublic: "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
  receiverPrivate: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  receiverPublic: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

function jwk(publicKey: string, d: string): JsonWebKey {
  const point = fromBase64Url(publicKey);
  return { kty: "EC", crv: "P-256", x: toBase64Url(point.slice(1, 33)), y: toBase64Url(point.slice(33)), d };
}
const receiver = { privateKey: jwk(rfc.receiverPublic, rfc.receiverPrivate), publicKey: rfc.receiverPublic, auth: rfc.auth };
const subscription = { endpoint: "https://push.test/1", expirationTime: null, keys: { p256dh: rfc.receiverPublic, auth: rfc.auth } };
const bytesOf = (text: string) => new TextEncoder().encode(text);

afterEach(() => void vi.restoreAllMocks());

test("the stand-in opens the message of RFC 8291, and none of which a byte was changed", async () => {
  const body = fromBase64Url(rfc.body);
  expect(await openMessage(body, receiver)).toBe(rfc.plaintext);
  for (const at of [0, 30, 100, body.length - 1]) {
    const changed = Uint8Array.from(body, (byte, n) => (n === at ? byte ^ 1 : byte));
    await expect(openMessage(changed, receiver)).rejects.toThrow();
  }
});

test("with the keys and the salt of RFC 8291, what is sent is its message to the byte", async () => {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const privateKey = await crypto.subtle.importKey("jwk", jwk(rfc.senderPublic, rfc.senderPrivate), curve, false, ["deriveBits"]);
  const publicKey = await crypto.subtle.importKey("raw", fromBase64Url(rfc.senderPublic), curve, true, []);
  vi.spyOn(crypto.subtle, "generateKey").mockResolvedValue({ privateKey, publicKey } as never); // in place of random keys
  vi.spyOn(crypto, "getRandomValues").mockReturnValue(fromBase64Url(rfc.salt));
  expect(toBase64Url(await encryptNotification(subscription, bytesOf(rfc.plaintext), { pad: false }))).toBe(rfc.body);
});

test("what is sent opens with the browser's key alone, and is as long as any other", async () => {
  const [mine, other] = [await newReceiverKeys(), await newReceiverKeys()];
  const to = { ...subscription, keys: { p256dh: mine.publicKey, auth: mine.auth } };
  const bodies = await Promise.all(["", "Renée approved $1,240.00 ✓"].map((text) => encryptNotification(to, bytesOf(text))));
  expect(await Promise.all(bodies.map((body) => openMessage(Uint8Array.from(body), mine)))).toEqual(["", "Renée approved $1,240.00 ✓"]);
  expect(bodies.map(({ length }) => length)).toEqual([4_096, 4_096]);
  for (const body of bodies) await expect(openMessage(Uint8Array.from(body), other)).rejects.toThrow();
});
