import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { driverStore } from "./driver.store.server";

export const readDriversOf = (db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, customerId: Id<"customer">) => driverStore(db).of(customerId);
export const readDriversCustomer = (db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, customerId: Id<"customer">) =>
  driverStore(db).customerOf(customerId);
