import { expect, test } from "vitest";
import { verifySquareSignature } from "./square-signature.server";

/** Square's published example. */
const [key, url, body] = ["asdf1234", "https://example.com/webhook", '{"hello":"world"}'];
const signature = "2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=";

test("accepts Square's published example", () => {
  expect(verifySquareSignature(key, url, body, signature)).toBe(true);
});

test("refuses one changed byte of body, address, key or signature, and a missing signature", () => {
  expect(verifySquareSignature(key, url, '{"hello":"worle"}', signature)).toBe(false);
  expect(verifySquareSignature(key, `${url}/`, body, signature)).toBe(false);
  expect(verifySquareSignature("asdf1235", url, body, signature)).toBe(false);
  expect(verifySquareSignature(key, url, body, signature.replace("2k", "2l"))).toBe(false);
  expect(verifySquareSignature(key, url, body, null)).toBe(false);
  expect(verifySquareSignature(key, url, body, "")).toBe(false);
});

test("an empty key verifies nothing", () => {
  expect(verifySquareSignature("", url, body, signature)).toBe(false);
});
