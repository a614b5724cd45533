import { expect, test } from "vitest";
import { dateFormat, numberFormat } from "./intl";

test("a format is made once for a locale and its options", () => {
  const options = { timeZone: "America/Chicago", hour: "numeric" } as const;
  expect(dateFormat("en-US", options)).toBe(dateFormat("en-US", { ...options }));
  expect(numberFormat("en-US")).toBe(numberFormat("en-US"));
});

test("another locale, zone or currency has a format of its own", () => {
  const noon = Date.parse("2026-03-16T12:00:00Z");
  const hourIn = (locale: string, timeZone: string) => dateFormat(locale, { timeZone, hour: "numeric" }).format(noon);
  expect([hourIn("en-US", "UTC"), hourIn("en-US", "America/Chicago"), hourIn("de-DE", "UTC")]).toEqual(["12 PM", "7 AM", "12 Uhr"]);
  const price = (currency: string) => numberFormat("en-US", { style: "currency", currency }).format(2);
  expect([price("USD"), price("CAD")]).toEqual(["$2.00", "CA$2.00"]);
});

test("after more formats than are kept, each still writes as asked", () => {
  for (let digits = 0; digits <= 20; digits += 1)
    for (let whole = 1; whole <= 20; whole += 1)
      expect(numberFormat("en-US", { minimumIntegerDigits: whole, minimumFractionDigits: digits }).resolvedOptions()).toMatchObject({
        minimumIntegerDigits: whole,
        minimumFractionDigits: digits,
      });
});
