import { type Id, parseId } from "~/kernel/ids";
import { DAY, HOUR, later, type UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { peopleJournal } from "./people.journal";

type Needs = { directory: Directory };
type Refusal = {
  organizationId: Id<"organization">;
  /** What is folded together: one form, one person, one reason. Null where each one is recorded, because strangers cannot cause it. */
  kind: string | null;
};

/** The most entries about refused sign-ins in a shop's journal a day; the rest are in the hourly sums. */
const MOST_A_DAY = 200;
const REFUSED = "refusals of ";
const WRITTEN = "refusals written of ";

/**
 * Counts a refused sign-in, which anyone can cause any number of times. Returns its number within the hour if it goes
 * into the journal (the first and every tenth of its kind), null if it is only counted.
 */
export async function countRefusal({ directory }: Needs, { organizationId, kind }: Refusal, at: UtcMs): Promise<number | null> {
  await directory.countAttempt([REFUSED + organizationId], HOUR, at);
  const nth = kind === null ? 1 : await directory.countAttempt([`refusal ${organizationId} ${kind}`], HOUR, at);
  if (nth !== 1 && nth % 10 !== 0) return null;
  if ((await directory.countAttempt([`refusals a day of ${organizationId}`], DAY, at)) > MOST_A_DAY) return null;
  await directory.countAttempt([WRITTEN + organizationId], HOUR, at);
  return nth;
}

/** One entry for the previous hour, in each shop where more were counted than recorded. A repeat changes nothing. */
export async function sumUpRefusals(s: Needs & { databaseOf(id: Id<"organization">): ScopedDatabase<"job"> }, now: UtcMs): Promise<void> {
  const at = later(now, -HOUR);
  const [refused, written] = await Promise.all([s.directory.attemptsOf(REFUSED, HOUR, at), s.directory.attemptsOf(WRITTEN, HOUR, at)]);
  const hour = new Date(at - (at % HOUR)).toISOString().slice(0, 13);
  for (const [name, tries] of refused) {
    const id = parseId("organization", name);
    const recorded = written.get(name) ?? 0;
    if (!id || tries <= recorded) continue;
    await save(
      s.databaseOf(id),
      {
        record: { kind: "sign-in", id: `refused ${hour}`, version: 1 },
        at: now,
        event: peopleJournal.of("sign-in.refusals-counted", { tries, recorded }),
      },
      [],
    );
  }
}
