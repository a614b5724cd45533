import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "~/kernel/canonical";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import type { ChargeRules, Supplies } from "~/modules/organizations/shop-rules/charges";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { lineKinds } from "~/modules/work-orders/jobs/job";
import { agreedTotal } from "~/modules/work-orders/lines/offer-lines";
import { agreedBefore, linesIn, noParties, splitOf, takeSnapshot } from "./estimate-snapshot";
import {
  answerCommand,
  authorizationOf,
  byLine,
  choiceOf,
  done,
  emptyDraft,
  head,
  line,
  lineId,
  offerOf,
  orderWith,
  send,
  sent,
  write,
} from "./estimates.fixtures";

test("holds neither costs nor the internal note, and equal content has equal text", () => {
  const { snapshot } = offerOf(sent());
  expect(canonical(snapshot)).not.toMatch(/cost|6123|insideNote|double/);
  const turned = Object.fromEntries(Object.entries(snapshot).reverse());
  expect(canonical(turned)).toBe(canonical(snapshot));
  expect(canonical({ ...snapshot, note: "x" })).not.toBe(canonical(snapshot));
});

test("has only the chosen lines, and no job without any", () => {
  const { snapshot } = offerOf(sent(undefined, [3]));
  expect(snapshot.groups.map(({ complaint, together, lines }) => [complaint, together, lines.map(({ id }) => id)])).toEqual([
    ["Complaint 2", true, [lineId(3)]],
  ]);
  expect(snapshot.agreed).toEqual([]);
});

const supplies = fc.oneof(
  fc.constant<Supplies>({ kind: "none" }),
  fc.record({ kind: fc.constant("flat" as const), amount: fc.integer({ min: 0, max: 90_00 }).map(toCents), taxed: fc.boolean() }),
  fc.record({
    kind: fc.constant("share" as const),
    of: fc.constantFrom("labor" as const, "parts" as const, "both" as const),
    rate: fc.integer({ min: 0, max: 2_000 }).map(toBasisPoints),
    most: fc.option(fc.integer({ min: 0, max: 80_00 }).map(toCents)),
    taxed: fc.boolean(),
  }),
);
const rate = fc.integer({ min: 0, max: 1_500 }).map(toBasisPoints);
const rules = fc
  .record({ supplies, labor: rate, parts: rate })
  .map(({ supplies: how, labor, parts }): ChargeRules => ({ tax: { labor, parts, fees: parts, outside: labor }, supplies: how }));
const someLines = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...lineKinds),
      each: fc.integer({ min: 0, max: 900_000 }).map(toCents),
      quantity: fc.integer({ min: 1, max: 40_000 }).map(toQuantity),
      supplies: fc.boolean(),
      yes: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map(({ yes, ...change }, n) => ({ line: line(n, change), yes })));

test("approved and declined totals add up to the whole, and neither is negative", () => {
  fc.assert(
    fc.property(someLines, rules, fc.boolean(), (all, charge, taxExempt) => {
      const order = orderWith([all.map((one) => one.line)], { taxExempt, rules: { version: 1, rules: { ...firstRules, ...charge } } });
      const facts = { ...noParties, taxExempt, number: 1, revision: 1, rules: charge, photos: {} };
      const snapshot = takeSnapshot({ ...head, jobs: choiceOf(order) }, { jobs: order.jobs, authorization: authorizationOf({ order }) }, facts);
      const of = (ids: readonly string[]) => splitOf(snapshot, new Set(ids));
      const { approved, declined } = of(all.filter(({ yes }) => yes).map((one) => one.line.id));
      expect(approved + declined).toBe(snapshot.charges.total);
      expect(approved).toBeGreaterThanOrEqual(0);
      expect(declined).toBeGreaterThanOrEqual(0);
      expect(of([])).toEqual({ approved: 0, declined: snapshot.charges.total });
      expect(of(linesIn(snapshot).map(({ id }) => id))).toEqual({ approved: snapshot.charges.total, declined: 0 });
    }),
  );
});

test("a supplement's total is the order's total after it less the total before, whatever was approved of the first estimate", () => {
  fc.assert(
    fc.property(someLines, someLines, rules, fc.boolean(), (first, later, charge, taxExempt) => {
      const numbers = (all: typeof first) => all.map((_, n) => n);
      const own = first.map((one) => one.line);
      // Lines of the second job have numbers of their own.
      const more = later.map((one, n) => ({ ...one.line, id: lineId(100 + n) }));
      const order = orderWith([own, more], { taxExempt, rules: { version: 1, rules: { ...firstRules, ...charge } } });
      const [yes, no] = [true, false].map((wanted) => numbers(first).filter((n) => first[n]?.yes === wanted));
      const answered = done(sent(order, numbers(first)), answerCommand(byLine(yes ?? [], no ?? [])));
      const before = agreedTotal(answered.order, [], "2026-11-22");
      const { estimate } = emptyDraft(answered.order);
      const offeredMore = choiceOf(
        order,
        numbers(later).map((n) => 100 + n),
      ).map((job) => ({ ...job, together: false }));
      const written = done({ estimate, order: answered.order }, { ...write(order), jobs: offeredMore } as ReturnType<typeof write>);
      const supplement = done(written, send);
      const { snapshot } = offerOf(supplement);
      const approved = done(supplement, answerCommand());
      expect(agreedBefore(snapshot)).toBe(before);
      expect(snapshot.charges.total).toBe(agreedTotal(approved.order, [], "2026-11-22") - before);
    }),
    { numRuns: 200 },
  );
});
