import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type ContactRights, everything } from "./contact-rights";
import { signedInContactStore } from "./signed-in-contact.store.server";

/**
 * What the person of a scope may do with a customer's records: staff everything that their role allows, a contact what
 * the shop gave them. Use cases ask here, so that no page can grant a right.
 */
export const rightsInScope = async (db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">): Promise<ContactRights> =>
  isCustomers(db) ? signedInContactStore(db).rights() : everything;

const isCustomers = (db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">): db is ScopedDatabase<"customer"> => db.scope.audience === "customer";
