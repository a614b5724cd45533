import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, parseHex } from "~/kernel/contrast";
import {
  changed,
  colorRefusalMessage,
  decideColor,
  decideFacts,
  describeChanges,
  logoName,
  logoType,
  merged,
  type OrganizationFacts,
  whyCurrencyStays,
} from "./organization";

const facts: OrganizationFacts = {
  name: "Harbor Diesel",
  phone: "555 0100",
  email: "shop@harbor.test",
  address: "2200 Harbor Drive\nPortage, IN 46368",
  remitTo: null,
  taxId: null,
  paymentTerms: null,
  brandColor: "#0b6674",
  zone: "America/Chicago",
  locale: "en-US",
  distanceUnit: "mi",
  currency: "USD",
  logo: null,
};
const typedFrom = ({ logo: _, ...rest }: OrganizationFacts) => ({
  ...rest,
  phone: rest.phone ?? "",
  email: rest.email ?? "",
  address: rest.address ?? "",
  remitTo: rest.remitTo ?? "",
  taxId: rest.taxId ?? "",
  paymentTerms: rest.paymentTerms ?? "",
});
const typed = typedFrom(facts);
const rgb = (hex: string) => parseHex(hex) ?? [0, 0, 0];

test("accepts a dark enough color, or suggests one that is accepted", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`),
      (color) => {
        const decided = decideColor(color);
        const kept = decided.ok ? decided.value : decided.error.kind === "unreadable" ? decided.error.nearest : "";
        if (decided.ok) expect(kept).toBe(color);
        expect(decideColor(kept)).toEqual({ ok: true, value: kept });
        expect(contrast([255, 255, 255], rgb(kept) as [number, number, number])).toBeGreaterThanOrEqual(4.5);
      },
    ),
    { examples: [["#da6b48"]] },
  );
});

test("refuses a yellow with a message that names the nearest accepted color", () => {
  const decided = decideColor("#ffcc00");
  expect(decided.ok).toBe(false);
  if (!decided.ok) expect(colorRefusalMessage(decided.error)).toMatch(/^This color is too light.*#[0-9a-f]{6}, the nearest one that works\.$/);
  expect([decideColor("petrol"), decideColor("#12"), decideColor("")].map((one) => !one.ok && one.error.kind)).toEqual([
    "not-a-color",
    "not-a-color",
    "not-a-color",
  ]);
  expect(decideColor("063")).toEqual({ ok: true, value: "#006633" });
});

test("the currency can change until a document is issued, then gives the reason why not", () => {
  expect(whyCurrencyStays("USD", false)).toBeNull();
  const wanted = { ...typed, currency: "CAD" };
  expect(decideFacts(wanted, facts, false)).toMatchObject({ ok: true, value: { currency: "CAD" } });
  expect(decideFacts(wanted, facts, true)).toEqual({ ok: false, error: { currency: expect.stringContaining("fixed at USD") } });
  expect(decideFacts(typed, facts, true).ok).toBe(true);
});

test("reports errors at their fields", () => {
  const wrong = {
    name: " ",
    phone: "9".repeat(41),
    email: "shop",
    address: "x".repeat(301),
    remitTo: "1\n2\n3\n4\n5\n6\n7",
    taxId: "9".repeat(41),
    paymentTerms: "x".repeat(301),
    brandColor: "#fff",
    zone: "Chicago",
    locale: "xx",
    distanceUnit: "leagues",
    currency: "dollars",
  };
  const decided = decideFacts(wrong, facts, false);
  expect(decided.ok || Object.keys(decided.error).sort()).toEqual(Object.keys(wrong).sort());
  expect(decideFacts({ ...typed, phone: " ", email: "", address: " \n ", taxId: " " }, facts, false)).toMatchObject({
    value: { phone: null, email: null, address: null, taxId: null, logo: null },
  });
  expect(decideFacts({ ...typed, remitTo: "  PO Box 1180 \r\n\r\n Portage, IN  46368" }, facts, false)).toMatchObject({
    value: { remitTo: "PO Box 1180\nPortage, IN 46368" },
  });
  // A shop keeps a locale that is not on the list.
  expect(decideFacts({ ...typed, locale: "de-CH" }, { ...facts, locale: "de-CH" }, false).ok).toBe(true);
});

test("merges two people's changes, and each keeps their own", () => {
  const theirs = { ...facts, phone: "555 0199", name: "Harbor Truck" };
  const both = merged(facts, theirs, { ...typed, name: "Harbor Works", email: "desk@harbor.test" });
  expect(both).toEqual({ ...typed, name: "Harbor Works", phone: "555 0199", email: "desk@harbor.test" });
  fc.assert(
    fc.property(
      fc.record({ name: fc.string(), phone: fc.string(), email: fc.string() }),
      fc.record({ name: fc.string(), phone: fc.string() }),
      (mine, other) => {
        const their = { ...facts, ...other };
        const together = merged(facts, their, { ...typed, ...mine });
        for (const name of ["name", "phone", "email"] as const) {
          if (mine[name].trim() !== (facts[name] ?? "")) expect(together[name]).toBe(mine[name]);
          else expect(together[name]).toBe(their[name] ?? "");
        }
      },
    ),
  );
});

test("describes a change with old and new values", () => {
  const after = { ...facts, phone: null, distanceUnit: "km" as const, logo: logoName("image/png", "0".repeat(64)) };
  expect(changed(facts, after)).toEqual(["phone", "distanceUnit", "logo"]);
  expect(describeChanges(facts, after)).toBe("Phone from 555 0100 to none; Distances from mi to km; Logo");
  expect(describeChanges(facts, { ...facts, address: null })).toBe("Postal address from 2200 Harbor Drive, Portage, IN 46368 to none");
  expect(describeChanges(after, facts)).toContain("Logo removed");
});

test("accepts only checksums as logo names", () => {
  const name = logoName("image/webp", "a".repeat(64));
  expect([name, logoType(name ?? "")]).toEqual([`${"a".repeat(64)}.webp`, "image/webp"]);
  expect([logoName("application/pdf", "a".repeat(64)), logoName(null, "a")]).toEqual([null, null]);
  expect([undefined, "", "a.png", `${"a".repeat(64)}.svg`, `../${"a".repeat(64)}.png`, `${"a".repeat(64)}.png/x`].map(logoType)).toEqual(Array(6).fill(null));
});
