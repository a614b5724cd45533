import { newId } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Membership } from "~/platform/directory/directory.server";
import { peopleJournal } from "../people.journal";

type Code = "second-factor.turned-on" | "second-factor.turned-off" | "second-factor.removed";

/** Records a change of a person's second factor in the journal of a shop they belong to. */
export async function recordFactorChange(
  db: ScopedDatabase<"staff"> | ScopedDatabase<"vendor"> | ScopedDatabase<"operator">,
  { id, partyId }: Pick<Membership, "id" | "partyId">,
  code: Code,
  email: string,
  at: UtcMs,
): Promise<void> {
  const record = { kind: "second-factor", id: newId("event", at), version: 1 };
  await save(db, { record, at, event: peopleJournal.of(code, { email }), about: partyId ?? id }, []);
}
