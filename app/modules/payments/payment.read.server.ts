import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { intentStore } from "./checkouts/intent.store.server";
import type { Pending } from "./checkouts/on-its-way";
import { onItsWayStore } from "./checkouts/on-its-way.store.server";
import { disputeStore } from "./disputes/dispute.store.server";
import { paymentStore } from "./payment.store.server";

type Reader = ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">;

export const readIntent = (db: Reader, id: Id<"paymentIntent">) => intentStore(db).find(id);
/** What is on its way to each of these invoices; those without are left out. */
export const readPending = (db: Reader, ids: readonly Id<"invoice">[]) => onItsWayStore(db).pendingOn(ids);
export const readPendingOn = async (db: Reader, id: Id<"invoice">): Promise<Pending | null> => (await readPending(db, [id])).get(id) ?? null;
export const readPendingFor = (db: Reader, estimate: Id<"estimate">): Promise<Pending | null> => onItsWayStore(db).pendingFor(estimate);
/** Invoices that money is on its way to. */
export const readPendingInvoices = (db: Reader) => onItsWayStore(db).pendingInvoices();
export const readUnclearPayments = (db: ScopedDatabase<"staff">) => paymentStore(db).unclear();
/** Disputes over payments that were ever applied to this invoice, newest first. */
export const readDisputesOn = (db: ScopedDatabase<"staff">, id: Id<"invoice">) => disputeStore(db).onInvoice(id);
export const readDisputesOf = (db: ScopedDatabase<"staff">, id: Id<"customer">) => disputeStore(db).ofCustomer(id);
