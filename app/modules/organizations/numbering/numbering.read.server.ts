import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Numbered, nextOf, numberedKinds } from "./numbering";
import { numberingStore } from "./numbering.store.server";

/** The next number of each kind of document. */
export async function readNextNumbers(db: ScopedDatabase<"staff">): Promise<{ kind: Numbered; next: number }[]> {
  const last = await numberingStore(db).last();
  return numberedKinds.map((kind) => ({ kind, next: nextOf(kind, last[kind]) }));
}
