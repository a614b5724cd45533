import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { messageStore } from "./message.store.server";

/** The talk about an estimate that was found before: who said what of which line, and which side they are on. */
export async function readMessages(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, estimateId: Id<"estimate">) {
  const rows = await messageStore(db).of(estimateId);
  return rows.map(({ by, email: _, ...row }) => ({ ...row, who: by.name, fromShop: by.audience === "staff" }));
}
