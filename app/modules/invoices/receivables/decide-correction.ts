import type { Id } from "~/kernel/ids";
import { type Cents, sumCents, toCents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { applyInTurn } from "./apply-in-turn";
import { decideRefund } from "./decide-refund";
import { doubtfulAbout } from "./doubts";
import { type Account, freeOf, invoicesOf, isCorrected, isRefunded, isReversed, type LedgerEntry } from "./ledger";
import type { LedgerCommand, LedgerRefusal } from "./ledger-command";
import type { NewEntries } from "./new-entries";
import { openOn } from "./open-invoices";

type Decided = Result<readonly LedgerEntry[], LedgerRefusal>;
type Correction = Extract<LedgerCommand, { intent: "correct" | "remove" }>;

/** Cancels a payment or refund that was mistyped and, unless it was never made, records it again as it was. */
export function decideCorrection(account: Account, command: Correction, make: NewEntries): Decided {
  const { entries } = account;
  const wrong = entries.find(({ id, kind }) => id === command.entryId && (kind === "payment" || kind === "refund"));
  if (!wrong) return err({ kind: "not-found" });
  if (isCorrected(entries, wrong.id) || isReversed(entries, wrong.sourceId)) return err({ kind: "reversed" });
  if (wrong.kind === "payment" && isRefunded(entries, wrong.id)) return err({ kind: "refunded" });
  const released = wrong.kind === "payment" ? make.releaseAll(entries, wrong.id, command.why) : [];
  const canceled = [...released, make.correction(wrong, command.why)];
  const without: Account = { ...account, entries: [...entries, ...canceled] };
  const again = wrong.kind === "refund" ? refundAgain(without, wrong, command, make) : payAgain(account, without, wrong, command, make);
  return again.ok ? ok([...canceled, ...again.value]) : again;
}

function refundAgain(without: Account, wrong: LedgerEntry, command: Correction, make: NewEntries): Decided {
  // What the refund had taken off invoices is applied to them again.
  const reapplied = applyInTurn(without, wrong.sourceId, takenBy(without.entries, wrong), make);
  if (command.intent === "remove") return ok(reapplied);
  const before = { ...without, entries: [...without.entries, ...reapplied] };
  const doubtful = doubtfulAbout("refund", command, before, null);
  if (doubtful) return doubtful;
  const refunded = decideRefund(before, { ...command, sourceId: wrong.sourceId }, make);
  return refunded.ok ? ok([...reapplied, ...refunded.value]) : refunded;
}

function payAgain({ entries }: Account, without: Account, wrong: LedgerEntry, command: Correction, make: NewEntries): Decided {
  if (command.intent === "remove") return ok([]);
  const { forInvoice, forEstimate } = wrong;
  // As it was. Where all of it was applied, what it is more than it was goes to the same invoices, too.
  const was = [...invoicesOf(entries, wrong.id)].map(([invoiceId, amount]) => ({ invoiceId, amount }));
  const more = toCents(Math.max(0, command.amount - wrong.amount));
  const grown = freeOf(entries, wrong.id) > 0 ? [] : was.map(({ invoiceId }) => ({ invoiceId, amount: more }));
  const ids = was.map(({ invoiceId }) => invoiceId);
  const open = ids.length === 0 ? null : sumCents(ids.map((id) => openOn(without, id, make.bare.at)));
  const doubtful = doubtfulAbout("payment", command, without, open);
  if (doubtful) return doubtful;
  const payment = { ...make.payment({ ...command, on: [], forEstimate }), forInvoice };
  const to = { ...without, entries: [...without.entries, payment] };
  return ok([payment, ...applyInTurn(to, payment.id, [...was, ...grown], make)]);
}

/** What a refund took off invoices: the releases right before it, the first of them taken last. */
function takenBy(entries: readonly LedgerEntry[], refund: LedgerEntry): { invoiceId: Id<"invoice">; amount: Cents }[] {
  const taken: { invoiceId: Id<"invoice">; amount: Cents }[] = [];
  for (let at = entries.indexOf(refund) - 1; at >= 0; at--) {
    const entry = entries[at];
    if (entry?.kind !== "release" || entry.sourceId !== refund.sourceId || entry.at !== refund.at || entry.why !== refund.why || !entry.invoiceId) break;
    taken.push({ invoiceId: entry.invoiceId, amount: toCents(-entry.amount) });
  }
  return taken;
}
