import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { Doubt } from "./doubts";
import type { Money } from "./ledger";

/** What of a payment goes to an invoice; null for as much as it needs. */
export type Share = { invoiceId: Id<"invoice">; amount: Cents | null };
/** The doubts about an amount or date that a person confirmed, as the page showed them (`doubtKey`). */
type Confirmed = { confirmed?: string | null };

export type LedgerCommand =
  | ProviderCommand
  /** A payment for invoices, or without any a deposit. What they don't need becomes credit. */
  | ({ intent: "pay"; id: Id<"entry">; on: readonly Share[]; forEstimate?: Id<"estimate"> | null } & Money & Confirmed)
  | { intent: "give-credit"; id: Id<"entry">; amount: Cents; why: string }
  /** Reduces an issued invoice: off its balance first, the rest is credit. */
  | { intent: "credit-note"; id: Id<"entry">; invoiceId: Id<"invoice">; amount: Cents; why: string }
  /** Applies unapplied money of one source to an invoice. */
  | { intent: "allocate"; id: Id<"entry">; sourceId: Id<"entry">; invoiceId: Id<"invoice">; amount: Cents }
  /** Applies unapplied money to an invoice, oldest first, as much as it needs. */
  | { intent: "apply-credit"; invoiceId: Id<"invoice"> }
  /** Applies deposits for these estimates to an invoice that bills their work. */
  | { intent: "apply-deposits"; invoiceId: Id<"invoice">; estimates: readonly Id<"estimate">[] }
  /** Unapplies a source's money from an invoice; it becomes credit. */
  | { intent: "release"; sourceId: Id<"entry">; invoiceId: Id<"invoice">; why: string }
  /** Refunds up to the whole of a payment, applied or not; of a credit or credit note only what is unapplied. */
  | ({ intent: "refund"; id: Id<"entry">; sourceId: Id<"entry">; why: string } & Money & Confirmed)
  /** Puts a payment or refund right that was mistyped: it is canceled, and recorded again as it was, on the same invoices. */
  | ({ intent: "correct"; id: Id<"entry">; entryId: Id<"entry">; why: string } & Money & Confirmed)
  /** Takes a payment or refund off the account that was never made. */
  | { intent: "remove"; entryId: Id<"entry">; why: string }
  /** Cancels a source, such as a bounced check. */
  | { intent: "reverse"; sourceId: Id<"entry">; why: string }
  /** Undoes a reversal: the source counts again, on its own invoices as far as those are open. */
  | { intent: "reinstate"; sourceId: Id<"entry">; why: string };

/** What a payment provider did with money. It happened, so no invoice's state refuses it. */
export type ProviderCommand =
  /** Money that came in: to its invoices as far as they are open, the rest is credit. */
  | ({ intent: "receive"; id: Id<"entry">; on: readonly { invoiceId: Id<"invoice">; amount: Cents }[]; forEstimate: Id<"estimate"> | null } & Money)
  /** Money that went back to the customer. */
  | ({ intent: "give-back"; id: Id<"entry">; sourceId: Id<"entry">; why: string } & Money)
  /** Money that the payer's bank took back: as much of it as the payment is still worth, the newest allocation first. */
  | ({ intent: "charge-back"; id: Id<"entry">; sourceId: Id<"entry">; why: string } & Money);

export type LedgerRefusal =
  | { kind: "not-found" }
  | { kind: "bad-amount" }
  | { kind: "no-reason" }
  | { kind: "not-allowed"; message: string }
  | { kind: "too-much"; most: Cents }
  /** More than an invoice of several needs. */
  | { kind: "too-much-on"; invoiceId: Id<"invoice">; number: number | null; most: Cents }
  /** The invoices together get more than the payment. */
  | { kind: "over-allocated"; allocated: Cents; amount: Cents }
  /** The amount or date is unusual, and nobody confirmed it. */
  | { kind: "doubtful"; doubts: readonly Doubt[] }
  | { kind: "no-credit" }
  | { kind: "reversed" }
  | { kind: "refunded" }
  /** The source isn't reversed. */
  | { kind: "counts" }
  /** The same command was saved before; nothing to do. */
  | { kind: "known" }
  /** A different command has this id: the form is from an outdated page. */
  | { kind: "id-taken" };
