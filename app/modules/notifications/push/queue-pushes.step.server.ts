import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { type Clock, later, MINUTE, type UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import { pushStore } from "./push.store.server";
import { isPushed, type PushAudience } from "./push-events";

/** The sweep keeps its hands off what was just handed to the queue. */
const SWEPT_AFTER = 2 * MINUTE;

/** `enqueue` hands effects to the queue that are in the outbox already. */
export type QueuePushNeeds = {
  db: ScopedDatabase<"job">;
  directory: Directory;
  clock: Clock;
  settings: Pick<Settings, "push">;
  enqueue(keys: readonly string[]): Promise<void>;
};
type Caused = (membershipId: Id<"membership">, dueAt: UtcMs) => Effect;

/** One effect for each of these people who has the event pushed somewhere; what is pushed is decided when it leaves. */
export async function pushesFor(
  s: Omit<QueuePushNeeds, "enqueue">,
  { audience, event, people }: { audience: PushAudience; event: string; people: readonly Id<"membership">[] },
  caused: Caused,
): Promise<Effect[]> {
  const { push } = s.settings;
  if (!push || people.length === 0) return [];
  const having = [...(await s.directory.peopleWithPush(people, push.publicKey))];
  const choices = await pushStore(s.db).choices(having);
  const dueAt = later(s.clock.now(), SWEPT_AFTER);
  return having.filter((one) => isPushed(audience, event, choices.get(one) ?? {})).map((one) => caused(one, dueAt));
}

/** Pushes an event to drivers, who have no other notices. */
export async function pushDrivers(s: QueuePushNeeds, event: string, drivers: readonly Id<"driver">[], caused: Caused): Promise<void> {
  const { organizationId } = s.db.scope;
  const members = await Promise.all(drivers.map((driver) => s.directory.membershipsOfParty(organizationId, "driver", driver)));
  const effects = await pushesFor(s, { audience: "driver", event, people: members.flat().map(({ id }) => id) }, caused);
  if (effects.length === 0) return;
  await pushStore(s.db).cause(effects, s.clock.now());
  await s.enqueue(effects.map(({ key }) => key));
}
