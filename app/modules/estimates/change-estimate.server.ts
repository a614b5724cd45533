import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import { sha256 } from "~/platform/crypto.server";
import type { Effect } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { EstimateCommand, Refusal } from "./command";
import { decide } from "./decide";
import { type Estimate, newest, reminderOf } from "./estimate";
import { estimateStore } from "./estimate.store.server";
import { linesIn } from "./estimate-snapshot";
import { isAgreed } from "./life-cycle";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock };
/** What is sent is made up from the unit's facts and the rates of the moment; the use case knows them, not the page. */
export type Asked = Exclude<EstimateCommand, { intent: "send" }> | { intent: "send"; seen: number };

/** Two people at one estimate at once wait for each other a few times before one of them is told. */
const MAX_ATTEMPTS = 5;

/**
 * Does one thing to an estimate: loads it, decides, saves once. Where somebody else saved in between, it decides
 * again on what they left, so of two answers one counts and the other is told. The caller drains.
 */
export async function changeEstimate(s: Needs, id: Id<"estimate">, asked: Asked, zone: string): Promise<Result<Estimate, Refusal>> {
  const store = estimateStore(s.db);
  const { audience, actor } = s.db.scope;
  for (let attempt = 1; ; attempt++) {
    const found = await store.find(id);
    if (!found) return err({ kind: "not-found" });
    const command: EstimateCommand = asked.intent === "send" ? { ...asked, by: actor.name, ...(await sendDetailsOf(found)) } : asked;
    const now = s.clock.now();
    const decided = decide(found, command, { now, zone, who: audience, sha256 });
    if (!decided.ok) return decided;
    const from = command.intent === "answer" ? { ip: command.from.ip, userAgent: command.from.userAgent } : undefined;
    const saved = await store.save(found, decided.value, now, { effects: effectsOf(found, command, decided.value.revisions[0]?.state, { now, zone }), from });
    if (saved.ok) return ok(saved.value);
    if (attempt === MAX_ATTEMPTS) return saved;
  }

  async function sendDetailsOf(estimate: Estimate) {
    const [about, photos] = await Promise.all([
      store.about(estimate.assetId, estimate.customerId),
      store.photos(linesIn(newest(estimate).content).map(({ id: of }) => of)),
    ]);
    return { ...about, photos };
  }
}

/** What follows once it is saved: each happens once per revision. */
function effectsOf(
  estimate: Estimate,
  command: EstimateCommand,
  state: Estimate["revisions"][number]["state"] | undefined,
  { now, zone }: { now: UtcMs; zone: string },
): Effect[] {
  const effect = (kind: string, revision: number): Effect => ({ key: `${kind}:${estimate.id}:${revision}`, kind, body: { estimateId: estimate.id, revision } });
  if (command.intent === "send") {
    const { revision, content } = newest(estimate);
    const remindAt = reminderOf(content.validThrough, now, zone);
    const reminder = remindAt === null ? [] : [{ ...effect("mail.estimate-reminder", revision), dueAt: remindAt }];
    return [effect("mail.estimate-ready", revision), ...reminder];
  }
  if (command.intent === "ask-colleague") return [effect("mail.estimate-colleague", command.revision)];
  if (command.intent !== "answer") return [];
  const mailEvent = effect("mail.estimate-answered", command.revision);
  return state && isAgreed(state) ? [effect("estimate.approved", command.revision), mailEvent] : [mailEvent];
}
