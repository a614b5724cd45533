import fc from "fast-check";
import { expect, test } from "vitest";
import { formatMoney, toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { entryLabel, instantsOf, periodIn, type StatementEntry, statementOf } from "./statement";
import { statementDocument } from "./statement.pdf.server";

const bare = { on: "2030-03-01", kind: "payment", number: null, of: null, method: "check", reference: "1041" } as const;
const period = { from: "2030-03-01", through: "2030-03-31" };

test("opening, charges and credits add up to the closing balance, and the next period opens with it", () => {
  const entry = fc.record({ at: fc.nat(1_000), amount: fc.integer({ min: -50_000, max: 50_000 }) });
  fc.assert(
    fc.property(fc.integer({ min: -9_000, max: 9_000 }), fc.array(entry), fc.nat(1_000), (opening, moves, cut) => {
      const entries = moves.map(({ at, amount }): StatementEntry => ({ ...bare, at: toUtcMs(at), amount: toCents(amount) }));
      const whole = statementOf(period, toCents(opening), entries);
      expect(whole.closing).toBe(opening + moves.reduce((sum, { amount }) => sum + amount, 0));
      expect(whole.closing).toBe(whole.opening + whole.charged - whole.credited);
      expect(whole.lines.map(({ at }) => at)).toEqual(moves.map(({ at }) => at).sort((a, b) => a - b));
      const [first, second] = [entries.filter(({ at }) => at < cut), entries.filter(({ at }) => at >= cut)];
      expect(statementOf(period, statementOf(period, toCents(opening), first).closing, second).closing).toBe(whole.closing);
    }),
    { numRuns: 200 },
  );
});

test("uses the requested period, or by default last month and this month to date", () => {
  expect(periodIn("2030-01-01", "2030-01-31", "2030-03-15")).toEqual({ from: "2030-01-01", through: "2030-01-31" });
  const usual = { from: "2030-02-01", through: "2030-03-15" };
  for (const [from, through] of [
    [null, null],
    ["2030-02-30", "2030-03-01"],
    ["2030-03-02", "2030-03-01"],
    ["2020-01-01", "2030-03-01"],
    ["9997-12-30", "9999-12-31"],
    ["9999-12-31", "9999-12-31"],
  ] as const)
    expect(periodIn(from, through, "2030-03-15")).toEqual(usual);
  expect(periodIn(null, null, "2030-01-15").from).toBe("2029-12-01");
});

test("its days are whole days in the shop's time zone", () => {
  const { since, until } = instantsOf({ from: "2030-03-10", through: "2030-03-10" }, "America/Chicago");
  // The day clocks go forward has 23 hours.
  expect([new Date(since).toISOString(), new Date(until).toISOString()]).toEqual(["2030-03-10T06:00:00.000Z", "2030-03-11T05:00:00.000Z"]);
});

test("labels entries, also in the PDF", () => {
  const label = (more: Partial<StatementEntry>) => entryLabel({ ...bare, ...more });
  expect([
    label({ kind: "invoice", number: 12 }),
    label({ kind: "void", number: 12 }),
    label({}),
    label({ kind: "credit" }),
    label({ kind: "credit-note", number: 12 }),
    label({ kind: "refund", method: "cash", reference: null }),
    label({ kind: "reversal", of: "payment" }),
    label({ kind: "reversal", of: "credit-note", number: 12 }),
    label({ kind: "reversal", of: "credit" }),
    label({ kind: "reinstatement", of: "payment" }),
    label({ kind: "reinstatement", of: "credit-note", number: 12 }),
    label({ kind: "reinstatement", of: "credit" }),
  ]).toEqual([
    "Invoice INV-12",
    "Invoice INV-12 voided",
    "Payment: Check 1041",
    "Credit given",
    "Credit note for INV-12",
    "Refund: Cash",
    "Payment reversed: Check 1041",
    "Credit note for INV-12 reversed",
    "Credit reversed",
    "Payment reinstated: Check 1041",
    "Credit note for INV-12 reinstated",
    "Credit reinstated",
  ]);
  const entries = [
    { ...bare, at: toUtcMs(1), kind: "invoice", number: 12, amount: toCents(100_00) },
    { ...bare, at: toUtcMs(2), amount: toCents(-130_00) },
  ] as const;
  const shop = { name: "Shop", address: null, taxId: null, phone: null, email: null, brandColor: "#0b6674", logo: null };
  const document = statementDocument({ ...statementOf(period, toCents(5_00), entries), customer: "Northline", billTo: { address: null, taxId: null } }, shop, {
    currency: "USD",
    locale: "en-US",
    remitTo: null,
    paymentTerms: null,
  });
  const money = (amount: number) => formatMoney(toCents(amount), "USD", "en-US");
  expect(document.figure).toEqual({ term: "Credit balance as of Sun, Mar 31, 2030", value: money(25_00) });
  expect(document.parts[0]).toMatchObject({
    rows: [
      ["Fri, Mar 1, 2030", "Balance forward", "", "", money(5_00)],
      ["Fri, Mar 1, 2030", "Invoice INV-12", money(100_00), "", money(105_00)],
      ["Fri, Mar 1, 2030", "Payment: Check 1041", "", money(130_00), money(-25_00)],
    ],
  });
});
