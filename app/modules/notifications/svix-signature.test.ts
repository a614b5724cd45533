import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { verifySvixSignature } from "./svix-signature.server";

const bytes = (text: string) => new TextEncoder().encode(text);
/** Published with Svix's own libraries and documentation. */
const vectors = [
  [
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "1614265330",
    '{"test": 2432232314}',
    "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  ],
  [
    "whsec_plJ3nmyCDGBKInavdOK15jsl",
    "msg_loFOjxBNrRLzqYUf",
    "1731705121",
    '{"event_type":"ping","data":{"success":true}}',
    "rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
  ],
] as const;

test.each(vectors)("a published vector verifies, and not with one character changed: %s", async (secret, id, timestamp, text, signature) => {
  const at = toUtcMs(Number(timestamp) * 1_000);
  const body = bytes(text);
  const signed = { id, timestamp, body, signatures: `v1,${signature}` };
  expect(await verifySvixSignature(secret, signed, at)).toBe(true);
  expect(await verifySvixSignature(secret, { ...signed, signatures: `v1,AAAA v1a,${signature} v1,${signature}` }, at)).toBe(true);
  expect(await verifySvixSignature(secret, { ...signed, body: bytes(`${text} `) }, at)).toBe(false);
  expect(await verifySvixSignature(secret, { ...signed, id: `${id}x` }, at)).toBe(false);
  expect(await verifySvixSignature(secret, { ...signed, timestamp: String(Number(timestamp) + 1) }, at)).toBe(false);
  expect(await verifySvixSignature(secret, { ...signed, signatures: `v1,A${signature.slice(1)}` }, at)).toBe(false);
  expect(await verifySvixSignature(secret, { ...signed, signatures: `v2,${signature}` }, at)).toBe(false);
  expect(await verifySvixSignature(secret, { ...signed, signatures: "" }, at)).toBe(false);
  expect(await verifySvixSignature("whsec_AAAA", signed, at)).toBe(false);
  expect(await verifySvixSignature("whsec_", signed, at)).toBe(false);
});

test("a signature is good for five minutes either way", async () => {
  const [secret, id, timestamp, text, signature] = vectors[0];
  const signed = { id, timestamp, body: bytes(text), signatures: `v1,${signature}` };
  const verify = (seconds: number) => verifySvixSignature(secret, signed, toUtcMs((Number(timestamp) + seconds) * 1_000));
  expect(await Promise.all([-301, -300, 300, 301].map(verify))).toEqual([false, true, true, false]);
  expect(await verifySvixSignature(secret, { ...signed, timestamp: "1614265330.0" }, toUtcMs(1614265330_000))).toBe(false);
});
