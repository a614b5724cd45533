import type { Id } from "~/kernel/ids";
import { type Cents, type Quantity, shareOf, toCents, toQuantity } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { type ChargeRules, chargesOf } from "~/modules/organizations/charges";
import type { InvoiceContents, InvoiceState } from "./invoice";
import type { InvoiceLine } from "./invoice-lines";

/** A core charge of an issued invoice: a deposit on the old part, which is due back to who brings that part. */
export type Core = {
  lineId: Id<"line">;
  text: string;
  partNumber: string | null;
  unit: string;
  quantity: Quantity;
  /** What all of it is worth back: the price that was charged, and the tax on it. */
  worth: Cents;
};

/** What became of some or all of a core. Entries are added and never changed. */
export type CoreReturn = {
  id: Id<"coreReturn">;
  lineId: Id<"line">;
  outcome: "credited" | "forfeited";
  quantity: Quantity;
  credited: Cents;
  /** Null where nothing was credited. */
  creditNote: Id<"entry"> | null;
  at: UtcMs;
};

/** An entry as it stands now: one whose credit note was reversed counts no more. */
export type StandingReturn = Pick<CoreReturn, "id" | "lineId" | "outcome" | "quantity" | "credited"> & { undone: boolean };

const isCore = ({ kind, price, quantity }: InvoiceLine): boolean => kind === "core" && price > 0 && quantity > 0;
const linesOf = (group: InvoiceContents["groups"][number]): InvoiceLine[] => group.jobs.flatMap(({ lines }) => lines.filter(isCore));

/** How many cores an invoice charges for. A line that gives a core's price back asks for no old part. */
export const coresIn = ({ groups }: Pick<InvoiceContents, "groups">): Quantity =>
  toQuantity(groups.flatMap(linesOf).reduce((sum, { quantity }) => sum + quantity, 0));

/** The cores of an invoice, each worth what the invoice asked for it under the taxes of its order. Supplies that were charged on it were used up. */
export const coresOf = (
  { groups, taxCertificate }: Pick<InvoiceContents, "groups" | "taxCertificate">,
  taxesAt: (version: number) => ChargeRules["tax"],
): Core[] =>
  groups.flatMap((group) =>
    linesOf(group).map(({ id, text, partNumber, quantity, price }) => {
      const rules: ChargeRules = { tax: taxesAt(group.rulesVersion), supplies: { kind: "none" } };
      const { total } = chargesOf([{ class: "parts", price, counts: false }], rules, taxCertificate !== null);
      return { lineId: id, text, partNumber, unit: group.unit, quantity, worth: total };
    }),
  );

export type CoreState = "open" | "credited" | "forfeited";
export type CoreAct = { act: "return" | "forfeit"; id: Id<"coreReturn">; lineId: Id<"line"> /** Null for all that is out. */; quantity: Quantity | null };

const NOT_ISSUED = "The invoice is not issued: nobody paid for this core yet.";
const VOID = "The invoice is void: nothing of it was charged.";
const CREDITED = "It came back and was credited.";

/** The life of a core × what is asked, and otherwise the reason why not. Page, server and tests read this one table. */
const allowed: Record<CoreState | Exclude<InvoiceState, "issued">, Record<CoreAct["act"], true | string>> = {
  draft: { return: NOT_ISSUED, forfeit: NOT_ISSUED },
  void: { return: VOID, forfeit: VOID },
  open: { return: true, forfeit: true },
  credited: { return: CREDITED, forfeit: CREDITED },
  forfeited: { return: "It is forfeited. Write a credit note if it is credited all the same.", forfeit: "It is forfeited already." },
};

/** Whether this can be done to a core, or the reason why not. */
export const canSettle = (act: CoreAct["act"], invoice: InvoiceState, core: CoreState): true | string => allowed[invoice === "issued" ? core : invoice][act];

type Its = Pick<Core, "lineId" | "quantity" | "worth">;

/** How a core stands: what of it is out, and what that is worth back. One of which any part came back counts as credited. */
export function standingOf(core: Its, returns: readonly StandingReturn[]): { state: CoreState; out: Quantity; outWorth: Cents } {
  const its = returns.filter(({ lineId, undone }) => lineId === core.lineId && !undone);
  const back = quantityOf(its.filter(({ outcome }) => outcome === "credited"));
  const out = toQuantity(core.quantity - quantityOf(its));
  const state = out > 0 ? "open" : back > 0 ? "credited" : "forfeited";
  return { state, out, outWorth: worthOfNext(core, back, out) };
}

/** The cores of an invoice as a page tells them, each with what became of it, the newest first. */
export const toldOf = <R extends StandingReturn>({ state, cores, returns }: { state: InvoiceState; cores: readonly Core[]; returns: readonly R[] }) =>
  cores.map((core) => {
    const standing = standingOf(core, returns);
    const isOut = canSettle("return", state, standing.state) === true;
    return { ...core, ...standing, isOut, returns: returns.filter(({ lineId }) => lineId === core.lineId).reverse() };
  });

const quantityOf = (returns: readonly StandingReturn[]): Quantity => toQuantity(returns.reduce((sum, { quantity }) => sum + quantity, 0));

/** What the next ones are worth after those that are back: together they come to the charge, to the cent, however they come. */
const worthOfNext = ({ worth, quantity }: Its, back: Quantity, next: Quantity): Cents =>
  toCents(shareOf(worth, toQuantity(back + next), quantity) - shareOf(worth, back, quantity));

export type CoreRefusal =
  | { kind: "not-found" }
  | { kind: "not-allowed"; words: string }
  | { kind: "bad-quantity" }
  | { kind: "too-many"; most: Quantity }
  /** The same form was kept before: nothing is to be done. */
  | { kind: "known" };

type Asked = { state: InvoiceState; cores: readonly Core[]; returns: readonly StandingReturn[] };

/** What an act makes of a core, or why nothing. */
export function decideCore(
  { state, cores, returns }: Asked,
  act: CoreAct,
): Result<{ core: Core; settled: Omit<CoreReturn, "creditNote" | "at"> }, CoreRefusal> {
  const { id, lineId } = act;
  if (returns.some((one) => one.id === id)) return err({ kind: "known" });
  const core = cores.find((one) => one.lineId === lineId);
  const its = returns.filter((one) => one.lineId === lineId && !one.undone);
  const standing = core && standingOf(core, its);
  // A draft says nothing fixed yet: its refusal comes before the search.
  const can = canSettle(act.act, state, standing?.state ?? "open");
  if (can !== true) return err({ kind: "not-allowed", words: can });
  if (!core || !standing) return err({ kind: "not-found" });
  const { out } = standing;
  const quantity = act.quantity ?? out;
  if (quantity <= 0) return err({ kind: "bad-quantity" });
  if (quantity > out) return err({ kind: "too-many", most: out });
  const back = quantityOf(its.filter(({ outcome }) => outcome === "credited"));
  const settled = { id, lineId, quantity };
  if (act.act === "forfeit") return ok({ core, settled: { ...settled, outcome: "forfeited", credited: toCents(0) } });
  return ok({ core, settled: { ...settled, outcome: "credited", credited: worthOfNext(core, back, quantity) } });
}
