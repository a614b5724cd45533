import { type Id, parseId } from "~/kernel/ids";
import { DAY, HOUR, later, type UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";

type Needs = { directory: Directory };
type Refusal = {
  organizationId: Id<"organization">;
  /** What is folded together: one portal, one person, one reason. Null where each counts, because strangers cannot cause it. */
  kind: string | null;
};

/** So many entries about refused sign-ins a shop's journal takes in a day; what is more is in the hourly sums. */
const MOST_A_DAY = 200;
const REFUSED = "refusals of ";
const WRITTEN = "refusals written of ";

/**
 * Counts a refused sign-in, which a stranger may cause as often as they like. Answers the how many-th of its kind
 * within the hour it is where it goes into the journal, as the first and each tenth do; null where it is only counted.
 */
export async function countRefusal({ directory }: Needs, { organizationId, kind }: Refusal, at: UtcMs): Promise<number | null> {
  await directory.countAttempt([REFUSED + organizationId], HOUR, at);
  const nth = kind === null ? 1 : await directory.countAttempt([`refusal ${organizationId} ${kind}`], HOUR, at);
  if (nth !== 1 && nth % 10 !== 0) return null;
  if ((await directory.countAttempt([`refusals a day of ${organizationId}`], DAY, at)) > MOST_A_DAY) return null;
  await directory.countAttempt([WRITTEN + organizationId], HOUR, at);
  return nth;
}

/** One entry for the hour before, in each shop where more were counted than written. Done again it changes nothing. */
export async function sumUpRefusals(s: Needs & { databaseOf(id: Id<"organization">): ScopedDatabase<"job"> }, now: UtcMs): Promise<void> {
  const at = later(now, -HOUR);
  const [refused, written] = await Promise.all([s.directory.attemptsOf(REFUSED, HOUR, at), s.directory.attemptsOf(WRITTEN, HOUR, at)]);
  const hour = new Date(at - (at % HOUR)).toISOString().slice(0, 13);
  for (const [name, tries] of refused) {
    const id = parseId("organization", name);
    const shown = written.get(name) ?? 0;
    if (!id || tries <= shown) continue;
    await save(
      s.databaseOf(id),
      {
        record: { kind: "sign-in", id: `refused ${hour}`, version: 1 },
        at: now,
        what: "sign-ins refused",
        body: { tries, why: `${tries} tries within an hour, ${shown} of them written down` },
      },
      [],
    );
  }
}
