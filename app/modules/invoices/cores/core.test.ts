import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { noParties } from "~/modules/estimates/estimate-snapshot";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { billedIn } from "~/modules/work-orders/lines/order-authorization";
import { jobOf, orderLine, orderOf, TODAY } from "../../../../tests/world/order-values";
import { chargesOfAll, type InvoiceState } from "../invoice";
import { groupOf } from "../invoice-lines";
import { type Core, type CoreCommand, type CurrentReturn, canSettle, coreBalance, coresIn, coresOf, decideCore, summarizeCores } from "./core";

const rules = { ...firstRules, tax: { ...firstRules.tax, parts: toBasisPoints(825) } };

/** An invoice over one order with a starter, its core, and a line that refunds an earlier core. */
function contentsWith(taxCertificate: string | null, quantity = 1_000, discount = 0) {
  const line = orderLine(1, 438, { kind: "part", text: "Starter" });
  const core = orderLine(2, 125, { kind: "core", text: "Starter core", quantity: toQuantity(quantity), discount: toBasisPoints(discount) });
  const back = orderLine(3, -85, { kind: "core", text: "Core of last time" });
  const facts = { orderId: newId("workOrder"), order: 1, title: "Starter", unit: "102", unitFacts: noParties.unitFacts, purchaseOrder: null, rulesVersion: 3 };
  const order = orderOf({ jobs: [jobOf(1, [line, core, back])], rules: { version: 3, rules }, taxExempt: taxCertificate !== null });
  const groups = [groupOf(facts, order, billedIn(order, TODAY))];
  return {
    core,
    contents: { customer: "Northline", billTo: noParties.billTo, shop: null, taxCertificate, groups, charges: chargesOfAll(groups), paysOnline: false },
  };
}

const coreOf = (worth: number, quantity = 1_000): Core => ({
  lineId: newId("line"),
  text: "Core",
  partNumber: null,
  unit: "102",
  quantity: toQuantity(quantity),
  worth: toCents(worth),
});

/** A core and the commands on it, one after the other. */
function settling(core: Core, state: InvoiceState = "issued") {
  const returns: CurrentReturn[] = [];
  const settle = (type: CoreCommand["intent"], quantity: number | null = null, id = newId("coreReturn"), why = "A mistake") => {
    const bare = { id, lineId: core.lineId, quantity: quantity === null ? null : toQuantity(quantity) };
    const asked: CoreCommand = type === "reopen" ? { ...bare, intent: type, why } : { ...bare, intent: type };
    const decided = decideCore({ state, cores: [core], returns }, asked);
    if (decided.ok) returns.push({ ...decided.value.settled, undone: false });
    return decided.ok ? decided.value.settled : decided.error;
  };
  return { returns, settle, balance: () => coreBalance(core, returns) };
}

test("a core is worth its price plus tax at its order's rates; a refund line is not a core", () => {
  const { core, contents } = contentsWith(null);
  const asked: number[] = [];
  const found = coresOf(contents, (version) => {
    asked.push(version);
    return rules.tax;
  });
  expect(found).toEqual([{ lineId: core.id, text: "Starter core", partNumber: null, unit: "102", quantity: 1_000, worth: 135_31 }]);
  expect(asked).toEqual([3]);
  expect(coresIn(contentsWith(null, 2_000).contents)).toBe(2_000);
});

test("a tax-exempt customer gets no tax back, and a discounted core is credited at the charged price", () => {
  const { contents } = contentsWith("EX-1");
  expect(coresOf(contents, () => rules.tax)).toMatchObject([{ worth: 125_00 }]);
  expect(coresOf(contentsWith("EX-1", 1_000, 2_000).contents, () => rules.tax)).toMatchObject([{ worth: 100_00 }]);
});

test.each([
  ["draft", "open", "The invoice isn't issued yet, so this core hasn't been charged.", "The invoice isn't issued yet, so this core hasn't been charged."],
  ["void", "open", "The invoice is void, so this core wasn't charged.", "The invoice is void, so this core wasn't charged."],
  ["issued", "open", true, true],
  ["issued", "credited", "This core was returned and credited.", "This core was returned and credited."],
  ["issued", "forfeited", "This core is forfeited. Undo the forfeit first, then credit it.", "This core is already forfeited."],
] as const)("on a %s invoice, a core that is %s: return and forfeit", (invoice, core, back, forfeit) => {
  expect([canSettle("return", invoice, core), canSettle("forfeit", invoice, core)]).toEqual([back, forfeit]);
});

test("of several cores some are returned and the rest forfeited, none twice", () => {
  const it = settling(coreOf(100_00, 3_000));
  const first = newId("coreReturn");
  expect(it.settle("return", 1_000, first)).toMatchObject({ outcome: "credited", credited: 33_33 });
  expect(it.settle("return", 1_000, first)).toEqual({ kind: "known" });
  expect(it.balance()).toEqual({ state: "open", out: 2_000, outWorth: 66_67, forfeited: 0 });
  expect(it.settle("return", 2_001)).toEqual({ kind: "too-many", most: 2_000 });
  expect(it.settle("return", 0)).toEqual({ kind: "bad-quantity" });
  expect(it.settle("return", 1_000)).toMatchObject({ credited: 33_34 });
  expect(it.settle("forfeit")).toMatchObject({ outcome: "forfeited", quantity: 1_000, credited: 0 });
  expect(it.balance()).toEqual({ state: "credited", out: 0, outWorth: 0, forfeited: 1_000 });
  expect(it.settle("return")).toMatchObject({ kind: "not-allowed" });
});

test("a void invoice's core is not out, and reversing the credit puts the core out again", () => {
  const core = coreOf(100_00);
  expect(settling(core, "void").settle("return")).toMatchObject({ kind: "not-allowed" });
  expect(summarizeCores({ state: "void", cores: [core], returns: [] })).toMatchObject([{ isOut: false }]);
  const it = settling(core);
  it.settle("return");
  expect(it.settle("forfeit")).toMatchObject({ kind: "not-allowed" });
  it.returns.splice(0, 1, { ...(it.returns[0] ?? expect.fail("no return was recorded")), undone: true });
  expect(it.balance()).toEqual({ state: "open", out: 1_000, outWorth: 100_00, forfeited: 0 });
  expect(it.settle("return")).toMatchObject({ credited: 100_00 });
});

test("undoing a forfeit needs a reason and puts the cores out again", () => {
  const it = settling(coreOf(100_00, 3_000));
  expect(it.settle("reopen", 1_000)).toMatchObject({ kind: "not-allowed", message: "None of these cores are forfeited." });
  it.settle("forfeit", 2_000);
  it.settle("return", 1_000);
  expect(it.balance()).toMatchObject({ state: "credited", out: 0, forfeited: 2_000 });
  expect(it.settle("reopen", 2_001)).toEqual({ kind: "too-many", most: 2_000 });
  expect(it.settle("reopen", 1_000)).toMatchObject({ outcome: "reopened", quantity: 1_000, credited: 0, why: "A mistake" });
  expect(it.balance()).toEqual({ state: "open", out: 1_000, outWorth: 33_34, forfeited: 1_000 });
  expect(it.settle("reopen", null, undefined, "")).toEqual({ kind: "no-reason" });
  expect(it.settle("reopen")).toMatchObject({ quantity: 1_000 });
  expect(it.settle("reopen")).toMatchObject({ kind: "not-allowed" });
  expect(it.settle("return")).toMatchObject({ quantity: 2_000, credited: 66_67 });
});

test("for any sequence of returns, forfeits and undos, credits never exceed the charge, and equal it once all cores are returned", () => {
  const what = fc.constantFrom("return", "forfeit", "reopen", "undo");
  const commands = fc.array(fc.record({ what, quantity: fc.integer({ min: -1, max: 3_000 }) }), { maxLength: 12, size: "max" });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_00 }), fc.integer({ min: 1, max: 5_000 }), commands, (worth, quantity, asked) => {
      const it = settling(coreOf(worth, quantity));
      const living = () => it.returns.filter(({ undone }) => !undone);
      const given = () => living().reduce((sum, { credited }) => sum + credited, 0);
      for (const { what, quantity: some } of asked) {
        if (what !== "undo") it.settle(what, some);
        else {
          const at = it.returns.findIndex(({ outcome, undone }) => outcome === "credited" && !undone);
          const one = it.returns[at];
          if (one) it.returns[at] = { ...one, undone: true };
        }
        const { out, forfeited } = it.balance();
        expect(Math.min(out, forfeited)).toBeGreaterThanOrEqual(0);
        expect(out).toBeLessThanOrEqual(quantity);
      }
      expect(it.returns.every(({ credited }) => credited >= 0)).toBe(true);
      expect(given() + it.balance().outWorth).toBeLessThanOrEqual(worth);
      it.settle("reopen");
      it.settle("return");
      expect(given()).toBe(worth);
    }),
    { numRuns: 300 },
  );
});
