import { type Entry, save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { customers } from "./customer.tables";

type NewCustomer = Omit<typeof customers.$inferInsert, "organizationId">;

/** What opening a shop writes into its own books. */
export function customerStore(db: ScopedDatabase<"job">) {
  return {
    /** The shop's first journal entry, together with the customer that its own vehicles belong to. */
    async openBooks(entry: Entry, ownFleet: NewCustomer): Promise<void> {
      await save(db, entry, [db.insertOnce(customers, ownFleet)]);
    },
  };
}
