import { expect, test } from "vitest";
import { hashPassword, newToken, verifyPassword } from "./crypto.server";

const pepper = "pepper";

test("a password is kept as scrypt with its parameters, a salt of its own and under the pepper", async () => {
  const [one, two] = await Promise.all([hashPassword("correct horse battery", pepper), hashPassword("correct horse battery", pepper)]);
  const [scheme, n, r, p, salt = "", key = ""] = one.split("$");
  expect([scheme, n, r, p]).toEqual(["scrypt", "16384", "8", "5"]);
  expect([Buffer.from(salt, "base64url").length, Buffer.from(key, "base64url").length]).toEqual([16, 32]);
  expect(two).not.toBe(one);
  expect(await verifyPassword("correct horse battery", pepper, one)).toBe(true);
  expect(await verifyPassword("correct horse batterz", pepper, one)).toBe(false);
  expect(await verifyPassword("correct horse battery", "another pepper", one)).toBe(false);
});

test.each([null, "", "scrypt", "md5$1$8$1$AAAA$AAAA", "$$$$$"])("%j opens nothing", async (stored) => {
  expect(await verifyPassword("", pepper, stored)).toBe(false);
});

test("a token has 256 random bits", () => {
  const tokens = Array.from({ length: 2_000 }, newToken);
  expect(new Set(tokens).size).toBe(tokens.length);
  for (const token of tokens) expect(Buffer.from(token, "base64url").length).toBe(32);
  // Every bit is set in about half of them.
  const bits = Array.from({ length: 256 }, (_, at) => tokens.filter((token) => ((Buffer.from(token, "base64url")[at >> 3] ?? 0) >> (at & 7)) & 1).length);
  for (const set of bits) expect(Math.abs(set - 1_000)).toBeLessThan(250);
});
