import { newId } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Membership } from "~/platform/directory/directory.server";

type What = "second factor switched on" | "second factor switched off" | "second factor removed";

/** Records a change of a person's second factor in the journal of a shop they belong to. */
export async function recordFactorChange(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"vendor"> | ScopedDatabase<"operator">,
  { id, partyId }: Pick<Membership, "id" | "partyId">,
  what: What,
  email: string,
  at: UtcMs,
): Promise<void> {
  await save(db, { record: { kind: "second-factor", id: newId("event", at), version: 1 }, at, what, about: partyId ?? id, body: { email } }, []);
}
