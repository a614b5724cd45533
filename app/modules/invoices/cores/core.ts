import type { Id } from "~/kernel/ids";
import { type Cents, type Quantity, shareOf, sumCents, toCents, toQuantity } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { type ChargeRules, chargesOf } from "~/modules/organizations/shop-rules/charges";
import type { InvoiceContents, InvoiceState } from "../invoice";
import type { InvoiceLine } from "../invoice-lines";

/** A core charge of an issued invoice: a deposit, credited when the customer returns the old part. */
export type Core = {
  lineId: Id<"line">;
  text: string;
  partNumber: string | null;
  unit: string;
  quantity: Quantity;
  /** The credit for all of it: the charged price and the tax on it. */
  worth: Cents;
};

/** A return or forfeit of some or all of a core line. Entries are added, never changed. */
export type CoreReturn = {
  id: Id<"coreReturn">;
  lineId: Id<"line">;
  /** `reopened` undoes a forfeit: the cores are out again. */
  outcome: "credited" | "forfeited" | "reopened";
  quantity: Quantity;
  credited: Cents;
  /** Null if nothing was credited. */
  creditNote: Id<"entry"> | null;
  /** Why a forfeit was undone. */
  why: string | null;
  at: UtcMs;
};

/** An entry with its current effect: if its credit note was reversed, it no longer counts. */
export type CurrentReturn = Pick<CoreReturn, "id" | "lineId" | "outcome" | "quantity" | "credited" | "why"> & { undone: boolean };

const isCore = ({ kind, price, quantity }: InvoiceLine): boolean => kind === "core" && price > 0 && quantity > 0;
const linesOf = (group: InvoiceContents["groups"][number]): InvoiceLine[] => group.jobs.flatMap(({ lines }) => lines.filter(isCore));

/** How many cores an invoice charges for. A line that refunds a core expects no old part. */
export const coresIn = ({ groups }: Pick<InvoiceContents, "groups">): Quantity =>
  toQuantity(groups.flatMap(linesOf).reduce((sum, { quantity }) => sum + quantity, 0));

/** The cores of an invoice, each worth its charged price plus tax at its order's rates. Shop supplies are not refunded. */
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
/** `quantity` is null for all cores that qualify. */
export type CoreCommand = { id: Id<"coreReturn">; lineId: Id<"line">; quantity: Quantity | null } & (
  | { intent: "return" | "forfeit" }
  | { intent: "reopen"; why: string }
);

const NOT_ISSUED = "The invoice isn't issued yet, so this core hasn't been charged.";
const VOID = "The invoice is void, so this core wasn't charged.";
const CREDITED = "This core was returned and credited.";

/** What can be done to a core in each state, or the reason why not. Page, server and tests use this table. */
const allowed: Record<CoreState | Exclude<InvoiceState, "issued">, Record<CoreCommand["intent"], true | string>> = {
  draft: { return: NOT_ISSUED, forfeit: NOT_ISSUED, reopen: NOT_ISSUED },
  void: { return: VOID, forfeit: VOID, reopen: VOID },
  // A line with several cores can have one forfeited whatever the state of the others.
  open: { return: true, forfeit: true, reopen: true },
  credited: { return: CREDITED, forfeit: CREDITED, reopen: true },
  forfeited: { return: "This core is forfeited. Undo the forfeit first, then credit it.", forfeit: "This core is already forfeited.", reopen: true },
};

/** True, or the reason why the command is refused. */
export const canSettle = (type: CoreCommand["intent"], invoice: InvoiceState, core: CoreState): true | string =>
  allowed[invoice === "issued" ? core : invoice][type];

type Its = Pick<Core, "lineId" | "quantity" | "worth">;

/** A core line's state: how many are out, their credit, and how many are forfeited. It counts as credited once any of it was returned. */
export function coreBalance(core: Its, returns: readonly CurrentReturn[]): { state: CoreState; out: Quantity; outWorth: Cents; forfeited: Quantity } {
  const its = returns.filter(({ lineId, undone }) => lineId === core.lineId && !undone);
  const of = (outcome: CoreReturn["outcome"]) => quantityOf(its.filter((one) => one.outcome === outcome));
  const back = of("credited");
  const forfeited = toQuantity(of("forfeited") - of("reopened"));
  const out = toQuantity(core.quantity - back - forfeited);
  const state = out > 0 ? "open" : back > 0 ? "credited" : "forfeited";
  return { state, out, outWorth: worthOfNext(core, its, out), forfeited };
}

/** The cores of an invoice for its page, each with its returns, newest first. */
export const summarizeCores = <R extends CurrentReturn>({ state, cores, returns }: { state: InvoiceState; cores: readonly Core[]; returns: readonly R[] }) =>
  cores.map((core) => {
    const balance = coreBalance(core, returns);
    const isOut = canSettle("return", state, balance.state) === true;
    const mayReopen = balance.forfeited > 0 && canSettle("reopen", state, balance.state) === true;
    return { ...core, ...balance, isOut, mayReopen, returns: returns.filter(({ lineId }) => lineId === core.lineId).reverse() };
  });

const quantityOf = (returns: readonly CurrentReturn[]): Quantity => toQuantity(returns.reduce((sum, { quantity }) => sum + quantity, 0));

/**
 * The credit for the next cores, computed from what was credited before rather than as a share, so that all credits
 * add up to the charge to the cent, in any order and with any credit reversed in between.
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
  /** The same form was saved before; nothing to do. */
  | { kind: "known" }
  /** A different command has this id: the form is from an outdated page. */
  | { kind: "id-taken" };

const outcomes = { return: "credited", forfeit: "forfeited", reopen: "reopened" } as const;
/** All that were out are not told apart from a number: they are not out anymore. */
const isSame = (there: CurrentReturn, { lineId, intent, quantity }: CoreCommand): boolean =>
  there.lineId === lineId && there.outcome === outcomes[intent] && (quantity === null || there.quantity === quantity);

type Asked = { state: InvoiceState; cores: readonly Core[]; returns: readonly CurrentReturn[] };

/** The entry a command adds to a core, or the refusal. */
export function decideCore(
  { state, cores, returns }: Asked,
  command: CoreCommand,
): Result<{ core: Core; settled: Omit<CoreReturn, "creditNote" | "at"> }, CoreRefusal> {
  const { id, lineId } = command;
  const there = returns.find((one) => one.id === id);
  if (there) return err({ kind: isSame(there, command) ? "known" : "id-taken" });
  const core = cores.find((one) => one.lineId === lineId);
  const its = returns.filter((one) => one.lineId === lineId && !one.undone);
  const balance = core && coreBalance(core, its);
  // A draft has no fixed lines, so refuse it before searching for the line.
  const can = canSettle(command.intent, state, balance?.state ?? "open");
  if (can !== true) return err({ kind: "not-allowed", message: can });
  if (!core || !balance) return err({ kind: "not-found" });
  const { out, forfeited } = balance;
  const most = command.intent === "reopen" ? forfeited : out;
  if (command.intent === "reopen" && most <= 0) return err({ kind: "not-allowed", message: "None of these cores are forfeited." });
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
