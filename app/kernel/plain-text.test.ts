import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText } from "./plain-text";

test("what is typed stays as it reads: lines end one way, letters are whole", () => {
  expect(plainText("Brakes squeal\r\nsince Monday\rat 30\u2028mph")).toBe("Brakes squeal\nsince Monday\nat 30\nmph");
  expect(plainText("Ren\u0065\u0301e\tDubois")).toBe("Renée\tDubois");
  for (const kept of ["Łódź Truck", "مرسى النقل", "نمی‌خواهم", "क्‍ष", "👩‍🔧 shop", "👩🏽‍🔧", "❤️‍🔥", "مرکز\u200cها"])
    expect(plainText(kept)).toBe(kept.normalize("NFC"));
});

test("signs that nobody sees are taken out: a name cannot read backwards, hide words, or be nothing", () => {
  expect(plainText("gpj.\u202Eexe")).toBe("gpj.exe");
  expect(plainText("\u2066Nor\u200Bth\u2069line\uFEFF\0\x1b[31m")).toBe("Northline[31m");
  expect(plainText("\u200D\u200C \u2060\u00AD\u180E").trim()).toBe("");
  expect(plainText("Shop\u{e0041}\u{e0042}")).toBe("Shop");
});

test("a letter keeps so many marks as any script has, and a pile of them is cut", () => {
  expect(plainText(`x${"\u0323".repeat(5)}y`)).toBe(`x${"\u0323".repeat(5)}y`);
  for (const marks of ["\u0323\u0301", "\u0344", "\u{1D165}"]) {
    const text = plainText(`x${marks.repeat(5_000)}y`);
    expect([...text]).toHaveLength(32);
    expect(plainText(text)).toBe(text);
  }
});

test("letters that are drawn as nothing are no name, and what picks an emoji's look stays with it", () => {
  for (const nothing of ["\u3164", "\u2800", "\u034F", "\uFE0F", "\uFFA0\u115F\u1160", "\u2800\uFE0F\u3164 \u034F", "\uFE0F\uFE0F"])
    expect(plainText(nothing).trim()).toBe("");
  expect(plainText("Nor\u3164th\u034Fline")).toBe("Northline");
  for (const kept of ["❤️", "1️⃣", "⚠️ hot", "葛\uFE00"]) expect(plainText(kept)).toBe(kept.normalize("NFC"));
});

test("read again it is the same, and nothing unseen is in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0x2100 }).map((code) => String.fromCodePoint(code)) }), (typed) => {
      const text = plainText(typed);
      expect(plainText(text)).toBe(text);
      expect(text).not.toMatch(/(?![\n\t])\p{Cc}|[\u200b\u202e\u2066]/u);
    }),
    { numRuns: 50 },
  );
});
