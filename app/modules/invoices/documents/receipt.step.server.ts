import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { findReceipt, type Receipt } from "./receipt.store.server";

/** A payment with what it paid when it was recorded, for the modules above. */
export const readReceipt = (db: ScopedDatabase<"job">, id: Id<"entry">): Promise<Receipt | null> => findReceipt(db, id);
