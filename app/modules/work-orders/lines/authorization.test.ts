import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { sumCents, toBasisPoints, toCents } from "~/kernel/money";
import { type ChargeRules, chargesOf, type LineClass, lineClasses } from "~/modules/organizations/shop-rules/charges";
import { authorizationOf, type OrderAuthorization, type PricedLine, type TotalOf } from "./authorization";
import type { Standing } from "./job-options";
import type { AgreedMost, Ground, LineDecision, LineOffer } from "./line-decision";

const TODAY = "2026-03-10";
const usd = (dollars: number) => toCents(Math.round(dollars * 100));
const lineId = (id: string) => id as Id<"line">; // short ids keep the examples readable

type Line = PricedLine & { class: LineClass };
const line = (id: string, dollars: number, more: Partial<Line> = {}): Line => ({
  id,
  price: usd(dollars),
  quoted: null,
  done: null,
  class: "labor",
  ...more,
});
const quoted = (id: string, dollars: number): Line => line(id, dollars, { quoted: usd(dollars) });

type Step = Pick<LineDecision, "outcome" | "amount" | "ground">;
const approved = (dollars: number): Step => ({ outcome: "approved", amount: usd(dollars), ground: null });
const reasoned = (dollars: number, ground: Ground = "override"): Step => ({ outcome: "reasoned", amount: usd(dollars), ground });
const declined: Step = { outcome: "declined", amount: usd(0), ground: null };
const differenceDeclined: Step = { outcome: "difference-declined", amount: usd(0), ground: null };
const unchosen: Step = { outcome: "unchosen", amount: usd(0), ground: null };
const withdrawn: Step = { outcome: "withdrawn", amount: usd(0), ground: null };
const unanswered: Step = { outcome: "unanswered", amount: usd(0), ground: null };

const decision = (id: string, sequence: number, step: Step): LineDecision => ({
  lineId: lineId(id),
  sequence,
  ...step,
  reason: "",
  estimateId: null,
  revision: null,
  by: "Renee",
  how: "phone",
  splits: false,
  at: 0 as LineDecision["at"], // the sequence orders the decisions of a line
});
const decisions = (id: string, ...steps: Step[]) => steps.map((step, at) => decision(id, at + 1, step));

const offer = (id: string, dollars: number, more: Partial<LineOffer> = {}): LineOffer => ({
  lineId: lineId(id),
  estimateId: "est_1" as Id<"estimate">, // any will do
  price: usd(dollars),
  validThrough: TODAY,
  isOpen: true,
  ...more,
});

const NO_LIMIT: AgreedMost = { standing: null, named: null, approved: null };
const plainSum: TotalOf<Line> = (priced) => sumCents(priced.map(({ price }) => price));
const totalUnder =
  (rules: ChargeRules): TotalOf<Line> =>
  (priced) =>
    chargesOf(
      priced.map(({ line, price }) => ({ class: line.class, price, counts: true })),
      rules,
      false,
    ).total;

type Case = { lines: Line[]; decisions?: LineDecision[]; offers?: LineOffer[]; most?: Partial<AgreedMost>; totalOf?: TotalOf<Line> };
const authorize = ({ lines, decisions = [], offers = [], most = {}, totalOf = plainSum }: Case): OrderAuthorization =>
  authorizationOf({ lines, decisions, offers, most: { ...NO_LIMIT, ...most }, totalOf, today: TODAY });

const inDollars = (amounts: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(amounts).map(([key, value]) => [key, typeof value === "number" ? value / 100 : value]));
const sumsOf = ({ quoted, authorized, toBill, over }: OrderAuthorization) => inDollars({ quoted, authorized, toBill, over });
const of = (result: OrderAuthorization, id: string) => inDollars(result.lines.get(id) ?? {});
/** The line alone on its order, after these decisions. */
const alone = (one: Line, ...steps: Step[]) => of(authorize({ lines: [one], decisions: decisions(one.id, ...steps) }), one.id);

describe("the worked numbers of authorization", () => {
  it("leaves a declined line quoted, but neither authorized nor billed", () => {
    const result = authorize({
      lines: [quoted("a", 400), quoted("b", 300), quoted("c", 200)],
      decisions: [...decisions("a", approved(400)), ...decisions("b", approved(300)), ...decisions("c", declined)],
      most: { approved: usd(700) },
    });
    expect(sumsOf(result)).toEqual({ quoted: 900, authorized: 700, toBill: 700, over: 0 });
  });

  it("covers the added line that fits into the most that was named, and not the next", () => {
    const result = authorize({
      lines: [quoted("a", 1_000), line("b", 150), line("c", 100)],
      decisions: decisions("a", approved(1_000)),
      most: { named: usd(1_200), approved: usd(1_000) },
    });
    expect(sumsOf(result)).toEqual({ quoted: 1_000, authorized: 1_150, toBill: 1_250, over: 100 });
  });

  it("shows growth without a most as over until there is a reason", () => {
    const lines = [line("a", 880, { quoted: usd(800) })];
    const limit = { approved: usd(800) };
    const grown = authorize({ lines, decisions: decisions("a", approved(800)), most: limit });
    expect(sumsOf(grown)).toEqual({ quoted: 800, authorized: 800, toBill: 880, over: 80 });
    const explained = authorize({ lines, decisions: decisions("a", approved(800), reasoned(80)), most: limit });
    expect(sumsOf(explained)).toEqual({ quoted: 800, authorized: 800, toBill: 880, over: 0 });
  });

  it("keeps lines covered when a supplement for a later one is approved", () => {
    const covered = [line("a", 400), line("b", 350)];
    const before = authorize({ lines: [...covered, line("c", 300)], most: { standing: usd(800) } });
    expect(sumsOf(before)).toEqual({ quoted: 0, authorized: 750, toBill: 1_050, over: 300 });
    const after = authorize({
      lines: [...covered, quoted("c", 300)],
      decisions: decisions("c", approved(300)),
      most: { standing: usd(800), approved: usd(1_050) },
    });
    expect(sumsOf(after)).toEqual({ quoted: 300, authorized: 1_050, toBill: 1_050, over: 0 });
  });
});

describe("decisions about a line", () => {
  it("counts the newest approval, also when it is lower, in whatever order decisions are read", () => {
    const lines = [line("a", 800)];
    expect(of(authorize({ lines, decisions: decisions("a", approved(800), approved(700)).reverse() }), "a")).toMatchObject({ authorized: 700, over: 100 });
    expect(alone(line("a", 800), declined, approved(800))).toMatchObject({ state: "authorized", over: 0 });
  });

  it("takes a declined line out of every sum, also after an approval", () => {
    const result = authorize({ lines: [line("a", 500)], decisions: decisions("a", approved(500), declined), most: { named: usd(900) } });
    expect(of(result, "a")).toMatchObject({ state: "declined", authorized: 0, covered: 0, toBill: 0, over: 0 });
    expect(sumsOf(result)).toEqual({ quoted: 0, authorized: 0, toBill: 0, over: 0 });
  });

  it("takes an unchosen option out of every sum, and what is free under the most stays free", () => {
    const result = authorize({
      lines: [line("a", 500), line("b", 300), line("c", 100)],
      decisions: [...decisions("a", unchosen), ...decisions("b", approved(300))],
      most: { named: usd(400) },
    });
    expect(of(result, "a")).toMatchObject({ state: "unchosen", authorized: 0, covered: 0, toBill: 0, over: 0 });
    expect(of(result, "c")).toMatchObject({ covered: 100 });
    expect(sumsOf(result)).toMatchObject({ authorized: 400, toBill: 400, over: 0 });
  });

  it("keeps what was authorized when a difference is declined", () => {
    expect(alone(line("a", 880), approved(800), differenceDeclined)).toMatchObject({ state: "authorized", authorized: 800, toBill: 880, over: 80 });
  });

  it("drops an earlier reason with the next answer", () => {
    expect(alone(line("a", 880), approved(800), reasoned(80), approved(850))).toMatchObject({ authorized: 850, reasoned: 0, over: 30 });
    expect(alone(line("a", 880), approved(800), reasoned(80), declined)).toMatchObject({ reasoned: 0, toBill: 0 });
    expect(alone(line("a", 880), reasoned(880, "warranty"), approved(850))).toMatchObject({ toBill: 880, over: 30 });
  });

  it("adds the newest reason only, to what was authorized", () => {
    expect(alone(line("a", 880), approved(800), reasoned(30), reasoned(50))).toMatchObject({ authorized: 800, reasoned: 50, over: 30 });
    expect(alone(line("a", 880), reasoned(880))).toMatchObject({ authorized: 0, reasoned: 880, toBill: 880, over: 0 });
    expect(alone(line("a", 880), reasoned(880, "internal"), reasoned(880))).toMatchObject({ toBill: 880, over: 0 });
  });

  it.each(["warranty", "internal"] as const)("bills %s work at zero, and it takes nothing of the most", (ground) => {
    const result = authorize({
      lines: [line("a", 300), line("b", 200), line("c", 400)],
      decisions: [...decisions("a", reasoned(300, ground)), ...decisions("b", approved(200), reasoned(0, ground))],
      most: { named: usd(600) },
    });
    expect(of(result, "a")).toMatchObject({ covered: 0, toBill: 0, over: 0 });
    expect(of(result, "b")).toMatchObject({ state: "authorized", toBill: 0, over: 0 });
    expect(of(result, "c")).toMatchObject({ covered: 400, over: 0 });
  });

  it("counts a line that was not done nowhere", () => {
    const result = authorize({
      lines: [line("a", 300, { done: false }), line("b", 200, { done: false }), line("c", 300, { done: true })],
      decisions: decisions("a", approved(300)),
      most: { standing: usd(300) },
    });
    for (const id of ["a", "b"]) expect(of(result, id)).toMatchObject({ authorized: 0, covered: 0, toBill: 0, over: 0 });
    expect(sumsOf(result)).toEqual({ quoted: 0, authorized: 300, toBill: 300, over: 0 });
  });
});

describe("credits", () => {
  it("counts a credit in the sums, and lets it pay for nothing that was not asked", () => {
    const result = authorize({
      lines: [line("a", -50), line("b", 300), line("c", -20)],
      decisions: decisions("a", approved(-50)),
      most: { standing: usd(240) },
    });
    expect(sumsOf(result)).toEqual({ quoted: 0, authorized: -50, toBill: 230, over: 300 });
  });

  it("counts an approved credit that was not done nowhere", () => {
    expect(alone(line("a", -50, { done: false }), approved(-50))).toMatchObject({ authorized: 0, toBill: 0, over: 0 });
  });
});

describe("offers", () => {
  it("keeps an offered line from being covered, and covers the lines after it", () => {
    const result = authorize({ lines: [line("a", 250), line("b", 100)], offers: [offer("a", 240)], most: { standing: usd(900) } });
    expect(of(result, "a")).toMatchObject({ state: "offered", offered: 240, authorized: 0, covered: 0, reasoned: 0, toBill: 250, over: 250, isOut: false });
    expect(of(result, "b")).toMatchObject({ covered: 100, over: 0 });
  });

  it("keeps growth from being covered while it is offered", () => {
    const result = authorize({ lines: [line("a", 880)], decisions: decisions("a", approved(800)), offers: [offer("a", 880)], most: { named: usd(900) } });
    expect(of(result, "a")).toMatchObject({ state: "authorized", offered: 880, authorized: 800, covered: 0, over: 80 });
  });

  it.each<[string, Partial<LineOffer>]>([
    ["past its last day", { validThrough: "2026-03-09" }],
    ["that is not open", { isOpen: false }],
    ["of a draft", { price: null, validThrough: null, isOpen: false }],
  ])("takes a line with an offer %s as not offered, so that it may be covered", (_what, more) => {
    const result = authorize({ lines: [line("a", 250)], offers: [offer("a", 250, more)], most: { standing: usd(250) } });
    expect(of(result, "a")).toMatchObject({ state: "none", offered: null, covered: 250, over: 0 });
  });

  it("offers a declined line again until the offer expires", () => {
    const stateWith = (validThrough: string) =>
      of(authorize({ lines: [line("a", 250)], decisions: decisions("a", declined), offers: [offer("a", 250, { validThrough })] }), "a").state;
    expect(stateWith(TODAY)).toBe("offered");
    expect(stateWith("2026-03-09")).toBe("declined");
  });
});

describe("what the customer agreed to at most", () => {
  it("covers nothing where no most is set", () => {
    expect(sumsOf(authorize({ lines: [line("a", 1)] }))).toMatchObject({ authorized: 0, toBill: 1, over: 1 });
  });

  it("counts the highest that is set", () => {
    const overOf = (set: Partial<AgreedMost>) => authorize({ lines: [line("a", 500)], most: set }).over / 100;
    expect(overOf({ standing: usd(400), named: usd(300), approved: usd(200) })).toBe(500);
    expect(overOf({ standing: usd(500), named: usd(300), approved: usd(200) })).toBe(0);
    expect(overOf({ standing: usd(200), named: usd(500), approved: usd(300) })).toBe(0);
    expect(overOf({ standing: usd(300), named: usd(200), approved: usd(500) })).toBe(0);
  });

  it("covers growth whole and exactly up to the most", () => {
    const grown = (named: number) =>
      of(authorize({ lines: [line("a", 880)], decisions: decisions("a", approved(800)), most: { named: usd(named), approved: usd(800) } }), "a");
    expect(grown(880)).toMatchObject({ authorized: 800, covered: 80, over: 0 });
    expect(grown(879.99)).toMatchObject({ authorized: 800, covered: 0, over: 80 });
  });

  it("covers what a reason leaves, and takes only that from the most", () => {
    const result = authorize({ lines: [line("a", 500), line("b", 100)], decisions: decisions("a", reasoned(300)), most: { standing: usd(300) } });
    expect(of(result, "a")).toMatchObject({ covered: 200, reasoned: 300, over: 0 });
    expect(of(result, "b")).toMatchObject({ covered: 100, over: 0 });
  });

  it("covers lines whole in the order of writing, and stops at the first that does not fit", () => {
    const result = authorize({ lines: [line("a", 300), line("b", 250), line("c", 100)], most: { standing: usd(500) } });
    expect(["a", "b", "c"].map((id) => of(result, id).covered)).toEqual([300, 0, 0]);
    expect(["a", "b", "c"].map((id) => of(result, id).over)).toEqual([0, 250, 100]);
    expect(result.overLines).toBe(2);
  });

  it("never lets a cheaper line pay for the growth of another", () => {
    const result = authorize({
      lines: [line("a", 200), line("b", 300)],
      decisions: [...decisions("a", approved(300)), ...decisions("b", approved(200))],
      most: { approved: usd(500) },
    });
    expect(sumsOf(result)).toMatchObject({ authorized: 500, toBill: 500, over: 100 });
  });

  it("is compared with the total with supplies and tax", () => {
    const tax = { labor: toBasisPoints(0), parts: toBasisPoints(800), fees: toBasisPoints(0), outside: toBasisPoints(0) };
    const rules: ChargeRules = { tax, supplies: { kind: "share", of: "labor", rate: toBasisPoints(500), most: null, taxed: false } };
    // Labor of 500 with supplies of 25, and parts of 400, of which 300 are authorized, with tax of 32.
    const coveredWith = (standing: number) => {
      const lines = [line("a", 500), line("b", 400, { class: "parts" })];
      const result = authorize({ lines, decisions: decisions("b", approved(300)), most: { standing: usd(standing) }, totalOf: totalUnder(rules) });
      return ["a", "b"].map((id) => of(result, id).covered);
    };
    expect(coveredWith(957)).toEqual([500, 100]);
    expect(coveredWith(956.99)).toEqual([500, 0]);
    expect(coveredWith(848.99)).toEqual([0, 0]);
  });
});

describe("whether authorization applies", () => {
  it("applies once a line was quoted, offered or decided, or a most was named", () => {
    const plain = { lines: [line("a", 250)] };
    expect(authorize(plain).applies).toBe(false);
    expect(authorize({ ...plain, offers: [offer("a", 250, { price: null, validThrough: null, isOpen: false })] }).applies).toBe(false);
    expect(authorize({ lines: [quoted("a", 250)] }).applies).toBe(true);
    expect(authorize({ ...plain, offers: [offer("a", 250)] }).applies).toBe(true);
    expect(authorize({ ...plain, decisions: decisions("a", reasoned(250)) }).applies).toBe(true);
    expect(authorize({ ...plain, most: { named: usd(100) } }).applies).toBe(true);
  });
});

/** The same rules once more, kept by hand: decisions are replayed on rows that change, and coverage that does not fit is taken back. */
function replayed({ lines, decisions, offers, most, totalOf }: Required<Case>) {
  const zeros = { authorized: 0, covered: 0, reasoned: 0, toBill: 0, over: 0 };
  const entries = lines.map((line) => ({
    line,
    isFree: false,
    refusesMore: false,
    row: { state: "none", isOut: false, isAlternative: line.standing === "alternative", offered: null as number | null, ...zeros },
  }));
  const entryOf = (id: string) => entries.find(({ line }) => line.id === id);
  for (const { lineId: id, outcome, amount, ground } of decisions) {
    const entry = entryOf(id);
    if (!entry) continue;
    entry.refusesMore = outcome === "difference-declined" || (outcome === "reasoned" && entry.refusesMore);
    if (outcome === "difference-declined") continue;
    if (outcome === "reasoned") entry.row.reasoned = amount;
    else Object.assign(entry.row, { state: outcome === "approved" ? "authorized" : outcome, authorized: amount, reasoned: 0 });
    entry.isFree = outcome === "reasoned" && ground !== "override";
  }
  // A line of an option that doesn't count is as good as unchosen.
  for (const { line, row } of entries) if (line.standing === "alternative" || line.standing === "unchosen") row.state = "unchosen";
  const quoted = entries.reduce((sum, { line, row }) => sum + (row.state === "unchosen" ? 0 : (line.quoted ?? 0)), 0);
  for (const { line, row } of entries) row.isOut = line.done === false || ["declined", "unchosen", "withdrawn", "unanswered"].includes(row.state);
  for (const { lineId: id, price, validThrough, isOpen } of offers) {
    const row = entryOf(id)?.row;
    if (!row || !isOpen || price === null || (validThrough ?? "") < TODAY) continue;
    row.offered = price;
    if (row.state !== "authorized") row.state = "offered";
  }
  for (const { line, isFree, row } of entries) {
    if (row.isOut) row.authorized = 0;
    else row.toBill = isFree ? 0 : line.price;
  }

  const agreedOn = entries.filter(({ line, row }) => row.state === "authorized" && line.done !== false);
  const total = () => {
    const counted = entries.filter((entry) => agreedOn.includes(entry) || entry.row.covered > 0);
    return totalOf(counted.map(({ line, row }) => ({ line, price: toCents(row.authorized + row.covered) })));
  };
  const limits = Object.values(most).filter((limit) => limit !== null);
  let isFull = limits.length === 0;
  for (const { row, isFree, refusesMore } of entries) {
    const missing = row.toBill - row.authorized - row.reasoned;
    if (missing <= 0 || isFree) continue;
    if (row.offered === null && !refusesMore && !isFull) {
      row.covered = missing;
      isFull = limits.every((limit) => total() > limit);
      if (isFull) row.covered = 0;
    }
    row.over = missing - row.covered;
  }
  return { rows: entries.map(({ row }) => row), total: total(), limits, quoted };
}

// Round amounts often meet a limit exactly.
const amount = fc.oneof(
  { weight: 5, arbitrary: fc.nat(6).map((n) => n * 100) },
  fc.nat(600_00).map((cents) => cents / 100),
);
/** Mostly charges; a credit now and then, such as for a returned core. */
const signed = fc.oneof({ weight: 9, arbitrary: amount }, fc.constantFrom(-50, -12.34));
const anyLine = fc.record({
  dollars: signed,
  done: fc.constantFrom(null, null, true, false),
  quoted: fc.option(amount),
  class: fc.constantFrom(...lineClasses),
  standing: fc.constantFrom<Standing>("counts", "counts", "counts", "alternative", "unchosen"),
});
const LINES = 5;
const anyId = fc.nat(LINES - 1).map((at) => `l${at}`);
const anyStep = fc.oneof(
  { weight: 4, arbitrary: signed.map(approved) },
  { weight: 2, arbitrary: fc.tuple(amount, fc.constantFrom<Ground>("override", "warranty", "internal")).map(([dollars, ground]) => reasoned(dollars, ground)) },
  fc.constantFrom(declined, differenceDeclined, unchosen, withdrawn, unanswered),
);
const anyOffer = fc.record({ id: anyId, dollars: fc.option(amount), validThrough: fc.constantFrom("2026-03-09", TODAY, "2026-04-01"), isOpen: fc.boolean() });
const limit = fc.option(
  fc
    .oneof(
      amount,
      fc.nat(18).map((n) => n * 100),
    )
    .map(usd),
);
const rate = fc.constantFrom(0, 825, 1_000).map(toBasisPoints);
const anyRules: fc.Arbitrary<ChargeRules> = fc.record({
  tax: fc.record({ labor: rate, parts: rate, fees: rate, outside: rate }),
  supplies: fc.constantFrom<ChargeRules["supplies"]>(
    { kind: "none" },
    { kind: "flat", amount: usd(12.5), taxed: true },
    { kind: "share", of: "both", rate: toBasisPoints(600), most: usd(30), taxed: false },
  ),
});
const anyOrder = fc
  .record({
    written: fc.array(anyLine, { minLength: 1, maxLength: LINES }),
    steps: fc.array(fc.record({ id: anyId, step: anyStep, place: fc.nat() }), { maxLength: 8 }),
    sent: fc.uniqueArray(anyOffer, { maxLength: 2, selector: ({ id }) => id }),
    most: fc.record({ standing: limit, named: limit, approved: limit }),
    rules: fc.option(anyRules, { freq: 2 }),
  })
  .map(({ written, steps, sent, most, rules }) => {
    const sequenceAt = (at: number) => steps.slice(0, at + 1).filter(({ id }) => id === steps[at]?.id).length;
    const history = steps.map(({ id, step, place }, at) => ({ place, made: decision(id, sequenceAt(at), step) }));
    return {
      facts: {
        lines: written.map(({ dollars, quoted, ...more }, at) => line(`l${at}`, dollars, { ...more, quoted: quoted === null ? null : usd(quoted) })),
        decisions: history.map(({ made }) => made),
        offers: sent.map(({ id, dollars, ...more }) => offer(id, 0, { ...more, price: dollars === null ? null : usd(dollars) })),
        most,
        totalOf: rules ? totalUnder(rules) : plainSum,
      },
      mixed: history.toSorted((a, b) => a.place - b.place).map(({ made }) => made),
    };
  });

const RUNS = 2_000;
describe("authorization of random orders", () => {
  it(`equals a second model and adds up line by line on ${RUNS} orders`, () => {
    const met = {
      none: 0,
      authorized: 0,
      declined: 0,
      unchosen: 0,
      withdrawn: 0,
      unanswered: 0,
      offered: 0,
      covered: 0,
      grown: 0,
      refused: 0,
      exact: 0,
      taxed: 0,
    };
    fc.assert(
      fc.property(anyOrder, ({ facts, mixed }) => {
        const { rows, total, limits, quoted } = replayed(facts);
        const result = authorize(facts);
        const all = [...result.lines.values()];
        expect([...result.lines.keys()]).toEqual(facts.lines.map(({ id }) => id));
        expect(all).toEqual(rows);
        for (const { state, offered, authorized, covered, reasoned, toBill, over } of all) {
          // What is billed is authorized, covered, reasoned or over. It may be less than what is authorized.
          // An approved credit that the shop does at no charge isn't given.
          const isFreeCredit = toBill === 0 && authorized < 0 && covered === 0 && over === 0;
          const used = isFreeCredit ? 0 : Math.min(authorized, toBill);
          const byReason = Math.min(reasoned, toBill - used - covered);
          expect(used + covered + byReason + over).toBe(toBill);
          expect(Math.min(covered, byReason, over)).toBeGreaterThanOrEqual(0);
          if (covered > 0) expect([state === "none" || state === "authorized", offered]).toEqual([true, null]);
          met[state]++;
          if (covered > 0) met[state === "authorized" ? "grown" : "covered"]++;
          if (over > 0 && offered === null && limits.length > 0) met.refused++;
        }
        expect(result).toMatchObject({
          quoted,
          authorized: sumCents(all.flatMap(({ authorized, covered }) => [authorized, covered])),
          toBill: sumCents(all.map(({ toBill }) => toBill)),
          over: sumCents(all.map(({ over }) => over)),
          overLines: all.filter(({ over, offered }) => over > 0 && offered === null).length,
        });
        // Where something is covered, the total with supplies and tax is within the most.
        if (all.some(({ covered }) => covered > 0)) {
          expect(total).toBeLessThanOrEqual(Math.max(...limits));
          if (total === Math.max(...limits)) met.exact++;
          if (facts.totalOf !== plainSum) met.taxed++;
        }
        expect(authorize({ ...facts, decisions: mixed, offers: facts.offers.toReversed() })).toEqual(result);
      }),
      { numRuns: RUNS },
    );
    // The runs met every state, and coverage with and without tax that fits, fits exactly and does not fit.
    for (const [what, count] of Object.entries(met)) expect(count, what).toBeGreaterThan(10);
  });
});
