import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ChangeNeeds } from "../change-work-order.server";
import { workOrderStore } from "../work-order.store.server";

/** Adds an internal note to an order. Submitted twice, it is added once. */
export async function addNote(
  s: ChangeNeeds,
  id: Id<"workOrder">,
  { noteId, text }: { noteId: Id<"event">; text: string },
): Promise<Result<null, { kind: "not-found" } | IdTaken>> {
  const store = workOrderStore(s.db);
  if (!(await store.find(id))) return err({ kind: "not-found" });
  return store.addNote(id, noteId, text, s.clock.now());
}
