import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { messageStore } from "./message.store.server";

/** The messages of an estimate the caller has found before, with the author's side. */
export async function readMessages(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">, estimateId: Id<"estimate">) {
  const rows = await messageStore(db).of(estimateId);
  return rows.map(({ by, email: _, ...row }) => ({ ...row, who: by.name, fromShop: by.audience === "staff" }));
}
