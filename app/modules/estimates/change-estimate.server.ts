import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { ok, type Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import { rightsInScope } from "~/modules/customers/contacts/rights-in-scope.server";
import { sha256 } from "~/platform/crypto.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { EstimateCommand, Refusal } from "./command";
import { decide } from "./decide";
import { type Estimate, newest, reminderOf } from "./estimate";
import { estimateEffects } from "./estimate.effects";
import { estimateStore } from "./estimate.store.server";
import { linesIn } from "./estimate-snapshot";
import { isAgreed } from "./life-cycle";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock };
/** The page doesn't supply what is sent: the use case reads the unit and the current rates itself. */
export type Asked = Exclude<EstimateCommand, { intent: "send" }> | { intent: "send"; seen: number };

/** Runs one command on an estimate. Of two answers one counts and the other is refused. The caller drains the outbox. */
export async function changeEstimate(s: Needs, id: Id<"estimate">, asked: Asked): Promise<Result<Estimate, Refusal>> {
  const store = estimateStore(s.db);
  const { audience, actor, organization } = s.db.scope;
  const { zone } = organization;
  return changeRecord({
    clock: s.clock,
    load: () => store.find(id),
    async decide(found, now) {
      const command: EstimateCommand = asked.intent === "send" ? { ...asked, by: actor.name, ...(await sendDetailsOf(found)) } : asked;
      const decided = decide(found, command, { now, zone, who: audience, rights: await rightsInScope(s.db), sha256 });
      return decided.ok ? ok({ command, change: decided.value }) : decided;
    },
    save(found, { command, change }, now) {
      return store.save(found, change, now, { effects: effectsOf(found, command, change.revisions[0]?.state, { now, zone }) });
    },
  });

  async function sendDetailsOf(estimate: Estimate) {
    const [about, photos] = await Promise.all([
      store.about(estimate.assetId, estimate.customerId),
      store.photos(linesIn(newest(estimate).content).map(({ id: of }) => of)),
    ]);
    return { ...about, photos };
  }
}

type RevisionEffect = Exclude<keyof typeof estimateEffects.definitions, "mail.estimate-message">;

/** Outbox effects of a saved change; the key makes each run once per revision. */
function effectsOf(
  estimate: Estimate,
  command: EstimateCommand,
  state: Estimate["revisions"][number]["state"] | undefined,
  { now, zone }: { now: UtcMs; zone: string },
): Effect[] {
  const effect = (kind: RevisionEffect, revision: number, dueAt?: UtcMs): Effect =>
    estimateEffects.of(kind, `${kind}:${estimate.id}:${revision}`, { estimateId: estimate.id, revision }, dueAt);
  if (command.intent === "send") {
    const { revision, content } = newest(estimate);
    const remindAt = reminderOf(content.validThrough, now, zone);
    const reminder = remindAt === null ? [] : [effect("mail.estimate-reminder", revision, remindAt)];
    return [effect("mail.estimate-ready", revision), ...reminder];
  }
  if (command.intent === "ask-colleague") return [effect("mail.estimate-colleague", command.revision)];
  if (command.intent !== "answer") return [];
  const mailEvent = effect("mail.estimate-answered", command.revision);
  return state && isAgreed(state) ? [effect("estimate.approved", command.revision), mailEvent] : [mailEvent];
}
