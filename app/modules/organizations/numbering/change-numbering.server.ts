import { newId } from "~/kernel/ids";
import { ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { decideNext, type Numbered, nextOf } from "./numbering";
import { numberingStore } from "./numbering.store.server";

/** Raises the next number of a kind of document, so a shop from another system can continue its numbers. */
export async function moveNumbering(
  s: { db: ScopedDatabase<"staff">; clock: Clock },
  { kind, typed }: { kind: Numbered; typed: string },
): Promise<Result<number, { kind: "not-a-number"; message: string }>> {
  const store = numberingStore(s.db);
  const last = (await store.last())[kind];
  const decided = decideNext(kind, typed, last);
  if (!decided.ok || decided.value === nextOf(kind, last)) return decided;
  const now = s.clock.now();
  await store.move(kind, decided.value, last, newId("event", now), now);
  return ok(decided.value);
}
