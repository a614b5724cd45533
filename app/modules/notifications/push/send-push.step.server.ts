import type { Id } from "~/kernel/ids";
import { planIncludesPortal } from "~/kernel/plans";
import type { Clock, UtcMs } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory, PushDevice } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import { log } from "~/platform/log.server";
import { Refused, Unavailable } from "~/platform/outbox/drain.server";
import { type Pushed, pushClient } from "./push.client.server";
import { pushStore } from "./push.store.server";
import { isPushed, type PushAudience } from "./push-events";
import { PUSH_LASTS, type PushMessage } from "./push-message";

export type PushNeeds = {
  db: ScopedDatabase<"job">;
  directory: Directory;
  clock: Clock;
  settings: Pick<Settings, "push">;
  /** Those of these people who have a page of theirs open. */
  withOpenPage(people: readonly string[]): Promise<readonly string[]>;
};

export type PushTo = {
  audience: PushAudience;
  membershipId: Id<"membership">;
  event: string;
  /** A message of the same key is shown once per browser. */
  key: string;
  /** When what it reports happened. */
  at: UtcMs;
  /** What groups it: the message replaces an earlier one of the same group. */
  group: string;
  message: Omit<PushMessage, "tag">;
};

/** A push service takes 32 characters. */
const tagOf = (group: string): string => sha256(group).slice(0, 32);

/**
 * Sends a message to the browsers of a person that don't have it: not if they have a page open, if they switched the event
 * off, left, or if it is too late. What a push service doesn't take now is tried again for that browser alone.
 */
export async function sendPush(s: PushNeeds, { audience, membershipId, event, key, at, group, message }: PushTo): Promise<void> {
  const { push } = s.settings;
  const left = at + PUSH_LASTS - s.clock.now();
  if (!push || left <= 0) return;
  const store = pushStore(s.db);
  const { organizationId } = s.db.scope;
  const [organization, devices, choices, sent] = await Promise.all([
    s.directory.organization(organizationId),
    s.directory.pushDevicesOf(membershipId, push.publicKey),
    store.choices([membershipId]),
    store.sentTo(key),
  ]);
  if (!organization || !planIncludesPortal(organization.plan, audience) || !isPushed(audience, event, choices.get(membershipId) ?? {})) return;
  const waiting = devices.filter((one) => one.organizationId === organizationId && one.audience === audience && !sent.has(one.id));
  if (waiting.length === 0) return;
  // Who looks at a page has the news there; what they leave unread is on the notifications page.
  if ((await s.withOpenPage([membershipId])).length > 0) return;
  const client = pushClient(push);
  const answers = await Promise.all(waiting.map(async (device) => ({ device, pushed: await client.send(device, { ...message, tag: tagOf(group) }, left) })));
  const taken = answers.filter(({ pushed }) => pushed.kind === "taken").map(({ device }) => device.id);
  await store.noteSent(key, taken, s.clock.now());
  for (const { device, pushed } of answers) if (pushed.kind === "gone") await s.directory.forgetPushDevice(device);
  throwFault(answers);
}

/** The worst of the answers; one browser that can be tried again is tried again, whatever the others answered. */
function throwFault(answers: readonly { device: PushDevice; pushed: Pushed }[]): void {
  const later = answers.flatMap(({ pushed }) => (pushed.kind === "unavailable" ? [pushed] : []));
  const refused = answers.flatMap(({ pushed }) => (pushed.kind === "refused" ? [pushed] : []));
  const [first] = later;
  const waits = later.flatMap(({ retryAfterMs }) => retryAfterMs ?? []);
  if (first) throw new Unavailable(first.message, waits.length > 0 ? Math.max(...waits) : null);
  if (refused.length === 0) return;
  log.warn("push.refused", { devices: refused.length, problem: refused[0]?.message });
  if (refused.length === answers.length) throw new Refused(refused[0]?.message ?? "refused");
}
