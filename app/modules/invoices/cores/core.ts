import type { Id } from "~/kernel/ids";
import { type Cents, type Quantity, shareOf, sumCents, toCents, toQuantity } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { type ChargeRules, chargesOf } from "~/modules/organizations/shop-rules/charges";
import type { InvoiceContents, InvoiceState } from "../invoice";
import type { InvoiceLine } from "../invoice-lines";

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
  /** `reopened` takes a forfeit back: what was forfeited is out again. */
  outcome: "credited" | "forfeited" | "reopened";
  quantity: Quantity;
  credited: Cents;
  /** Null where nothing was credited. */
  creditNote: Id<"entry"> | null;
  /** Why a forfeit was taken back. */
  why: string | null;
  at: UtcMs;
};

/** An entry as it stands now: one whose credit note was reversed counts no more. */
export type CurrentReturn = Pick<CoreReturn, "id" | "lineId" | "outcome" | "quantity" | "credited" | "why"> & { undone: boolean };

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
/** `quantity` is null for all that it can be done to. */
export type CoreCommand = { id: Id<"coreReturn">; lineId: Id<"line">; quantity: Quantity | null } & (
  | { intent: "return" | "forfeit" }
  | { intent: "reopen"; why: string }
);

const NOT_ISSUED = "The invoice is not issued: nobody paid for this core yet.";
const VOID = "The invoice is void: nothing of it was charged.";
const CREDITED = "It came back and was credited.";

/** The life of a core × what is asked, and otherwise the reason why not. Page, server and tests read this one table. */
const allowed: Record<CoreState | Exclude<InvoiceState, "issued">, Record<CoreCommand["intent"], true | string>> = {
  draft: { return: NOT_ISSUED, forfeit: NOT_ISSUED, reopen: NOT_ISSUED },
  void: { return: VOID, forfeit: VOID, reopen: VOID },
  // Of several, one may be forfeited whatever became of the others.
  open: { return: true, forfeit: true, reopen: true },
  credited: { return: CREDITED, forfeit: CREDITED, reopen: true },
  forfeited: { return: "It is forfeited. Undo that first; then it can be credited.", forfeit: "It is forfeited already.", reopen: true },
};

/** Whether this can be done to a core, or the reason why not. */
export const canSettle = (type: CoreCommand["intent"], invoice: InvoiceState, core: CoreState): true | string =>
  allowed[invoice === "issued" ? core : invoice][type];

type Its = Pick<Core, "lineId" | "quantity" | "worth">;

/** How a core stands: what of it is out, what that is worth back, and what is forfeited. One of which any part came back counts as credited. */
export function coreBalance(core: Its, returns: readonly CurrentReturn[]): { state: CoreState; out: Quantity; outWorth: Cents; forfeited: Quantity } {
  const its = returns.filter(({ lineId, undone }) => lineId === core.lineId && !undone);
  const of = (outcome: CoreReturn["outcome"]) => quantityOf(its.filter((one) => one.outcome === outcome));
  const back = of("credited");
  const forfeited = toQuantity(of("forfeited") - of("reopened"));
  const out = toQuantity(core.quantity - back - forfeited);
  const state = out > 0 ? "open" : back > 0 ? "credited" : "forfeited";
  return { state, out, outWorth: worthOfNext(core, its, out), forfeited };
}

/** The cores of an invoice as a page tells them, each with what became of it, the newest first. */
export const summarizeCores = <R extends CurrentReturn>({ state, cores, returns }: { state: InvoiceState; cores: readonly Core[]; returns: readonly R[] }) =>
  cores.map((core) => {
    const balance = coreBalance(core, returns);
    const isOut = canSettle("return", state, balance.state) === true;
    const mayReopen = balance.forfeited > 0 && canSettle("reopen", state, balance.state) === true;
    return { ...core, ...balance, isOut, mayReopen, returns: returns.filter(({ lineId }) => lineId === core.lineId).reverse() };
  });

const quantityOf = (returns: readonly CurrentReturn[]): Quantity => toQuantity(returns.reduce((sum, { quantity }) => sum + quantity, 0));

/**
 * What the next ones are worth after those that are back. Counted from what was credited for those, and not from their own share, so that
 * all together come to the charge, to the cent, however they come and whichever credit is reversed between.
 */
function worthOfNext({ worth, quantity }: Its, its: readonly CurrentReturn[], next: Quantity): Cents {
  const back = quantityOf(its.filter(({ outcome }) => outcome === "credited"));
  const credited = sumCents(its.map((one) => one.credited));
  return toCents(Math.max(0, shareOf(worth, toQuantity(back + next), quantity) - credited));
}

export type CoreRefusal =
  | { kind: "not-found" }
  | { kind: "not-allowed"; message: string }
  | { kind: "bad-quantity" }
  | { kind: "too-many"; most: Quantity }
  | { kind: "no-reason" }
  /** The same form was kept before: nothing is to be done. */
  | { kind: "known" };

type Asked = { state: InvoiceState; cores: readonly Core[]; returns: readonly CurrentReturn[] };

/** What an act makes of a core, or why nothing. */
export function decideCore(
  { state, cores, returns }: Asked,
  command: CoreCommand,
): Result<{ core: Core; settled: Omit<CoreReturn, "creditNote" | "at"> }, CoreRefusal> {
  const { id, lineId } = command;
  if (returns.some((one) => one.id === id)) return err({ kind: "known" });
  const core = cores.find((one) => one.lineId === lineId);
  const its = returns.filter((one) => one.lineId === lineId && !one.undone);
  const balance = core && coreBalance(core, its);
  // A draft says nothing fixed yet: its refusal comes before the search.
  const can = canSettle(command.intent, state, balance?.state ?? "open");
  if (can !== true) return err({ kind: "not-allowed", message: can });
  if (!core || !balance) return err({ kind: "not-found" });
  const { out, forfeited } = balance;
  const most = command.intent === "reopen" ? forfeited : out;
  if (command.intent === "reopen" && most <= 0) return err({ kind: "not-allowed", message: "Nothing of it is forfeited." });
  const quantity = command.quantity ?? most;
  if (quantity <= 0) return err({ kind: "bad-quantity" });
  if (quantity > most) return err({ kind: "too-many", most });
  const settled = { id, lineId, quantity, credited: toCents(0), why: null };
  switch (command.intent) {
    case "return":
      return ok({ core, settled: { ...settled, outcome: "credited", credited: worthOfNext(core, its, quantity) } });
    case "forfeit":
      return ok({ core, settled: { ...settled, outcome: "forfeited" } });
    case "reopen":
      return command.why === "" ? err({ kind: "no-reason" }) : ok({ core, settled: { ...settled, outcome: "reopened", why: command.why } });
  }
}
