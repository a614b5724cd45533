import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPassword, MIN_PASSWORD } from "./password";

test.each([
  "password12",
  "P@ssw0rd!!",
  "1234567890",
  "0987654321",
  "aaaaaaaaaaaa",
  "qwertyuiop1",
  "abcabcabcabc",
  "baytrack2026",
  "..........",
  "Dieseldiesel",
])("refuses the common password %s", (password) => {
  expect(checkPassword(password)).toEqual({ ok: false, error: { kind: "common" } });
});

test.each(["baytrack-demo", "the shop dog is called Otto", "ключ от гаража", "correct horse", "x9!kQ2#pLm"])("accepts %s", (password) => {
  expect(checkPassword(password)).toEqual({ ok: true, value: password });
});

test("refuses a short password for its length, whatever it contains", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (password) => {
      const result = checkPassword(password);
      expect(!result.ok && result.error.kind === "short").toBe([...password].length < MIN_PASSWORD);
    }),
  );
});
