import fc from "fast-check";
import { expect, test } from "vitest";
import { later, MINUTE } from "~/kernel/time";
import { beforeFirst, rowBytes, sealAfter, verify } from "./seal";
import { type Attack, attacked, attacks, columns, mac, rowAt, sealedLog } from "./seal.fixtures";

/** The campaign sets JOURNAL_ATTACKS to 1,000. */
const CASES = Number(process.env.JOURNAL_ATTACKS ?? 200);

test("verifies a sealed log, however its sealing was chunked", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }), (length, chunk) => {
      const log = sealedLog(length);
      expect(verify(mac, log)).toEqual({ ok: true, value: { sealed: length } });
      let chain: ReturnType<typeof sealAfter> = [];
      for (let from = 0; from < length; from += chunk) chain = [...chain, ...sealAfter(mac, chain.at(-1) ?? beforeFirst, log.rows.slice(from, from + chunk))];
      expect(chain).toEqual(log.chain);
    }),
  );
});

test("finds every change of a sealed log, with its place and reason", () => {
  const seen = new Map<string, number>();
  const LENGTH = 40;
  const place = fc.integer({ min: 1, max: LENGTH });
  const attack = fc
    .record({ kind: fc.constantFrom(...attacks), place, other: place, column: fc.constantFrom(...columns) })
    .filter(({ place, other }) => place !== other);
  const whole = sealedLog(LENGTH);
  fc.assert(
    fc.property(attack, (one: Attack) => {
      seen.set(one.kind, (seen.get(one.kind) ?? 0) + 1);
      const { log, expected } = attacked(whole, one);
      const found = verify(mac, log);
      if (found.ok) throw new Error("not found");
      expect(found.error.place).toBe(expected.place);
      expect(expected.why).toContain(found.error.why);
    }),
    { numRuns: CASES },
  );
  expect([...seen.keys()].sort()).toEqual([...attacks].sort());
});

test.each(attacks)("finds %s at the first and the last place", (kind) => {
  for (const [place, other] of [
    [1, 2],
    [8, 7],
    [8, 1],
  ] as const) {
    const { log, expected } = attacked(sealedLog(8), { kind, place, other, column: "body" });
    expect(verify(mac, log)).toMatchObject({ ok: false, error: { place: expected.place, why: expected.why[0] } });
  }
});

test("different rows have different bytes", () => {
  const text = fc.string({ maxLength: 6 });
  const maybe = fc.option(text);
  const row = fc.record({
    organizationId: text,
    recordKind: text,
    recordId: text,
    version: fc.nat(),
    about: maybe,
    at: fc.nat().map((n) => later(rowAt(0).at, n)),
    actor: text,
    event: text,
    ip: maybe,
    userAgent: maybe,
    body: text,
  });
  fc.assert(
    fc.property(row, row, (a, b) => {
      const same = columnsOf(a) === columnsOf(b);
      expect(rowBytes(a) === rowBytes(b)).toBe(same);
      const turned = Object.fromEntries(Object.entries(a).reverse()) as typeof a; // the same columns in another order
      expect(rowBytes(turned)).toBe(rowBytes(a));
    }),
  );
});
const columnsOf = (row: object) =>
  Object.entries(row)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join("\u0000");

test("a row may stay unsealed for five minutes", () => {
  const log = sealedLog(10);
  const late = { ...rowAt(10), at: later(log.now, -5 * MINUTE + 1) };
  expect(verify(mac, { ...log, rows: [...log.rows, late] })).toEqual({ ok: true, value: { sealed: 10 } });
  expect(verify(mac, { ...log, rows: [...log.rows, late], now: later(log.now, 1) })).toEqual({
    ok: false,
    error: { why: "unsealed for over 5 minutes", place: null, record: { recordKind: late.recordKind, recordId: late.recordId, version: late.version } },
  });
});

test("a log that was cut and grew again is consistent in itself, but doesn't match its anchors", () => {
  const log = sealedLog(10);
  const rows = [...log.rows.slice(0, 4), ...Array.from({ length: 8 }, (_, nth) => rowAt(20 + nth))];
  const chain = sealAfter(mac, beforeFirst, rows);
  expect(verify(mac, { ...log, chain, rows, anchors: [] })).toEqual({ ok: true, value: { sealed: 12 } });
  expect(verify(mac, { ...log, chain, rows })).toMatchObject({ ok: false, error: { why: "tail cut", place: 10 } });
});
