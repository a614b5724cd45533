import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { intentStore } from "./checkouts/intent.store.server";
import { onItsWay, type Pending } from "./checkouts/on-its-way";
import { onItsWayStore } from "./checkouts/on-its-way.store.server";
import { disputeStore } from "./disputes/dispute.store.server";
import { paymentStore } from "./payment.store.server";

type Reader = ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">;

export const readIntent = (db: Reader, id: Id<"paymentIntent">) => intentStore(db).find(id);
/** What is on its way to each of these invoices; those without are left out. */
export const readPending = (db: Reader, ids: readonly Id<"invoice">[]) => onItsWayStore(db).pendingOn(ids);
export const readPendingOn = async (db: Reader, id: Id<"invoice">): Promise<Pending | null> => (await readPending(db, [id])).get(id) ?? null;
/** What a page writes at those of these invoices that money is on its way to. */
export async function readOnItsWay(
  s: { db: Reader; clock: Clock },
  organization: Parameters<typeof onItsWay>[1],
  ids: readonly Id<"invoice">[],
): Promise<(id: Id<"invoice">) => string | null> {
  const pending = ids.length === 0 ? new Map<Id<"invoice">, Pending>() : await readPending(s.db, ids);
  const now = s.clock.now();
  return (id) => onItsWay(pending.get(id), organization, now);
}

/** What an invoice's account on paper writes under its balance; null where nothing is on its way to it. */
export async function readInvoiceNote(
  s: { db: Reader; clock: Clock },
  organization: Parameters<typeof onItsWay>[1],
  id: Id<"invoice">,
): Promise<string | null> {
  return noteOf((await readOnItsWay(s, organization, [id]))(id));
}

const noteOf = (text: string | null) => text && `${text}. The balance is without it until it arrives.`;

/** What a statement writes under its balance; null where nothing is on its way from the customer. */
export async function readStatementNote(
  s: { db: Reader; clock: Clock },
  organization: Parameters<typeof onItsWay>[1],
  customer: Id<"customer">,
): Promise<string | null> {
  return noteOf(onItsWay(await onItsWayStore(s.db).pendingOf(customer), organization, s.clock.now()));
}

export const readPendingFor = (db: Reader, estimate: Id<"estimate">): Promise<Pending | null> => onItsWayStore(db).pendingFor(estimate);
/** Invoices that money is on its way to. */
export const readPendingInvoices = (db: Reader) => onItsWayStore(db).pendingInvoices();
export const readUnclearPayments = (db: ScopedDatabase<"staff">) => paymentStore(db).unclear();
/** Disputes over payments that were ever applied to this invoice, newest first. */
export const readDisputesOn = (db: ScopedDatabase<"staff">, id: Id<"invoice">) => disputeStore(db).onInvoice(id);
export const readDisputesOf = (db: ScopedDatabase<"staff">, id: Id<"customer">) => disputeStore(db).ofCustomer(id);
