import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf, formatDay, type UtcMs } from "~/kernel/time";
import { rightsInScope } from "~/modules/customers/contacts/rights-in-scope.server";
import { certificateGap } from "~/modules/customers/credit";
import { shopPartyOf } from "~/modules/organizations/shop-party";
import { newestRules } from "~/modules/organizations/shop-rules/newest-rules.step.server";
import { openingHoursOf } from "~/modules/organizations/shop-rules/shop-rules";
import { offeredOrder } from "~/modules/work-orders/lines/offered-order.step.server";
import { sha256 } from "~/platform/crypto.server";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { answerClock } from "./answer-clock";
import type { EstimateCommand, Refusal } from "./command";
import { decide } from "./decide";
import { type Estimate, latestSent, newest, reminderOf } from "./estimate";
import { estimateEffects } from "./estimate.effects";
import { estimateStore } from "./estimate.store.server";
import { type AnswerWanted, lineIdsIn } from "./estimate-snapshot";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock; directory: Pick<Directory, "organization"> };
type Send = Extract<EstimateCommand, { intent: "send" }>;
/** The page doesn't supply what is sent: the use case reads the unit, the lines and their photos itself. */
export type Asked = Exclude<EstimateCommand, Send | { intent: "withdraw" }> | Pick<Send, "intent" | "seen" | "total"> | { intent: "withdraw"; why: string };

/**
 * Runs one command on an estimate, and in the same batch what it does to the lines of its order. Of two answers one
 * counts and the other is refused. The caller drains the outbox.
 */
export async function changeEstimate(s: Needs, id: Id<"estimate">, asked: Asked): Promise<Result<Estimate, Refusal>> {
  const [store, orders] = [estimateStore(s.db), offeredOrder(s.db)];
  const { audience, actor, organization } = s.db.scope;
  const { zone } = organization;
  return changeRecord({
    clock: s.clock,
    async load() {
      const estimate = await store.find(id);
      const found = estimate && (await orders.find(estimate.workOrderId));
      return found && { estimate, order: found.order };
    },
    async decide({ estimate, order }, now) {
      const today = dayOf(now, zone);
      if (asked.intent === "send") {
        const { certificate } = await store.about(estimate.assetId, estimate.customerId);
        const expired = certificateGap(certificate, today, (day) => formatDay(day, organization.locale));
        if (expired) return err({ kind: "not-allowed", message: expired });
      }
      const command: EstimateCommand =
        asked.intent === "send"
          ? { ...asked, by: actor.name, ...(await sendDetailsOf(estimate, now)) }
          : asked.intent === "withdraw"
            ? { ...asked, by: actor.name }
            : asked;
      const at = { now, today, zone, who: audience, order, rights: await rightsInScope(s.db), sha256 };
      const decided = decide(estimate, command, at);
      return decided.ok ? ok({ command, change: decided.value }) : decided;
    },
    save({ estimate, order }, { command, change }, now) {
      const changed = change.order && orders.rowsOf(order, change.order, now);
      return store.save(estimate, change, now, {
        changes: changed?.rows ?? [],
        ...(changed && changed.orderId !== order.id ? { workOrderId: changed.orderId } : {}),
        effects: effectsOf(estimate, command, { now, zone }),
      });
    },
  });

  async function sendDetailsOf(estimate: Estimate, now: UtcMs) {
    const { content } = newest(estimate);
    const [{ facts }, shop, photos, answer] = await Promise.all([
      store.about(estimate.assetId, estimate.customerId),
      s.directory.organization(s.db.scope.organizationId),
      store.photos(lineIdsIn(content)),
      content.answerWanted && answerOf(estimate, content.answerWanted, now),
    ]);
    return { facts: { ...facts, shop: shop && shopPartyOf(shop) }, photos, answer };
  }

  async function answerOf({ customerId }: Estimate, { hours, backupId }: AnswerWanted, sentAt: UtcMs) {
    const [rules, deciders] = await Promise.all([newestRules(s.db), store.deciders(customerId)]);
    // Who can't decide anymore, or is the only one who can, is no backup.
    const backup = deciders.length > 1 ? deciders.find(({ id }) => id === backupId) : undefined;
    const clock = answerClock({ hours, hasBackup: backup !== undefined, sentAt }, { opening: openingHoursOf(rules), zone });
    return { clock, backup: backup?.name ?? null };
  }
}

/** What happens until an answer is there: the reminder, the backup's mail, and the shop's notice to call. */
const stepsOf = ({ clock, backup }: NonNullable<Send["answer"]>): [kind: RevisionEffect, dueAt: UtcMs][] => [
  ["mail.estimate-answer-reminder", clock.remindAt],
  ...(backup === null ? [] : [["mail.estimate-backup", clock.answerBy] as [RevisionEffect, UtcMs]]),
  ["mail.estimate-unanswered", clock.callAt],
];

type RevisionEffect = Exclude<keyof typeof estimateEffects.definitions, "mail.estimate-message">;

/** Outbox effects of a saved change; the key makes each run once per revision. */
function effectsOf(estimate: Estimate, command: EstimateCommand, { now, zone }: { now: UtcMs; zone: string }): Effect[] {
  const effect = (kind: RevisionEffect, revision: number, dueAt?: UtcMs): Effect =>
    estimateEffects.of(kind, `${kind}:${estimate.id}:${revision}`, { estimateId: estimate.id, revision }, dueAt);
  switch (command.intent) {
    case "send": {
      const { revision, content } = newest(estimate);
      const remindAt = reminderOf(content.validThrough, now, zone);
      const reminder = remindAt === null ? [] : [effect("mail.estimate-reminder", revision, remindAt)];
      const steps = command.answer ? stepsOf(command.answer).map(([kind, dueAt]) => effect(kind, revision, dueAt)) : [];
      return [effect("mail.estimate-ready", revision), ...reminder, ...steps];
    }
    case "send-again": {
      const sent = latestSent(estimate);
      const facts = sent && { estimateId: estimate.id, revision: sent.revision };
      // Each time that it is asked for.
      return facts ? [estimateEffects.of("mail.estimate-again", `mail.estimate-again:${estimate.id}:${estimate.version + 1}`, facts)] : [];
    }
    case "withdraw": {
      const sent = latestSent(estimate);
      return sent ? [effect("mail.estimate-withdrawn", sent.revision)] : [];
    }
    case "ask-colleague":
      return [effect("mail.estimate-colleague", command.revision)];
    case "answer":
      // Who answered by phone has no address here.
      return [effect("mail.estimate-answered", command.revision), ...(command.from.email ? [effect("mail.estimate-confirmed", command.revision)] : [])];
    default:
      return [];
  }
}
