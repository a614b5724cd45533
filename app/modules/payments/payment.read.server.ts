import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { paymentStore } from "./payment.store.server";

export const readIntent = (db: ScopedDatabase<"job"> | ScopedDatabase<"customer">, id: Id<"paymentIntent">) => paymentStore(db).find(id);
export const readPendingOn = (db: ScopedDatabase<"job"> | ScopedDatabase<"customer"> | ScopedDatabase<"staff">, id: Id<"invoice">) =>
  paymentStore(db).pendingOn(id);
export const readUnclearPayments = (db: ScopedDatabase<"staff">) => paymentStore(db).unclear();
