import fc from "fast-check";
import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import {
  type ContactRights,
  describeRights,
  everything,
  mayDecide,
  mayUse,
  ofFirstContact,
  rightNames,
  rightRefusalMessage,
  settled,
  toRead,
} from "./contact-rights";

const usd = { currency: "USD", locale: "en-US" };
const upTo = (cents: number): ContactRights => ({ ...everything, decideLimit: toCents(cents) });
const anyRights = fc
  .record({
    ...Object.fromEntries(rightNames.map((name) => [name, fc.boolean()])),
    decideLimit: fc.option(fc.nat().map(toCents)),
  })
  .map((made) => made as unknown as ContactRights); // one key per right

test("allows the limit itself, refuses a cent more, and names the limit", () => {
  expect(mayDecide(upTo(50_000), toCents(50_000)).ok).toBe(true);
  const refused = mayDecide(upTo(50_000), toCents(50_001));
  expect(refused).toEqual({ ok: false, error: { kind: "over-limit", limit: 50_000 } });
  expect(refused.ok ? "" : rightRefusalMessage(refused.error, usd)).toBe("You can approve up to $500.00. Ask a colleague with a higher limit.");
});

test("the first contact can decide on everything, a later one on nothing", () => {
  expect(mayDecide(everything, toCents(1_000_000_00)).ok).toBe(true);
  const refused = mayDecide(toRead, toCents(0));
  expect(refused).toEqual({ ok: false, error: { kind: "no-right", right: "decide" } });
  expect(refused.ok ? "" : rightRefusalMessage(refused.error, usd)).toContain("You can't decide on estimates");
  expect(mayUse(toRead, "documents").ok).toBe(true);
  expect(mayUse(toRead, "pay").ok).toBe(false);
});

test("deciding or paying includes documents, and a limit without the right is dropped", () => {
  fc.assert(
    fc.property(anyRights, (own) => {
      const kept = settled(own);
      if (own.decide || own.pay) expect(kept.documents).toBe(true);
      if (!own.decide) expect(kept.decideLimit).toBeNull();
      expect(settled(kept)).toEqual(kept);
    }),
  );
});

test("a lower limit never allows more", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (a, b, amount) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      if (mayDecide(upTo(low), toCents(amount)).ok) expect(mayDecide(upTo(high), toCents(amount)).ok).toBe(true);
    }),
  );
});

test("describes rights in one line", () => {
  expect(describeRights(ofFirstContact, usd)).toBe("Full access");
  expect(describeRights(everything, usd)).toBe("Full access · Certify repairs");
  expect(describeRights(toRead, usd)).toBe("See documents");
  expect(describeRights({ ...toRead, documents: false }, usd)).toBe("Can see units only");
  expect(describeRights({ ...toRead, decide: true, decideLimit: toCents(50_000) }, usd)).toBe("See documents · Decide on estimates up to $500.00");
});
