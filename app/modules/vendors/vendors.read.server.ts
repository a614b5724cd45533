import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { vendorStore } from "./vendor.store.server";

export const readVendors = (db: ScopedDatabase<"staff">) => vendorStore(db).list();
export const readVendor = (db: ScopedDatabase<"staff">, id: Id<"vendor">) => vendorStore(db).find(id);
export const readVendorUsers = (db: ScopedDatabase<"staff">, id: Id<"vendor">) => vendorStore(db).users(id);
