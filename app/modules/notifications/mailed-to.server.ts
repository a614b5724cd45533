import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { mailStore } from "./mail.store.server";

/** The addresses that got the mail of an outbox effect, by the effect's key. */
export const mailedTo = (db: ScopedDatabase<"staff"> | ScopedDatabase<"job">, key: string): Promise<string[]> => mailStore(db).recipientsOf(key);
