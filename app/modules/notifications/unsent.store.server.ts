import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { outbox } from "~/platform/database/tenant.tables";
import { notificationJournal } from "./notification.journal";
import { unsentMails } from "./notification.tables";
import { isOpen, openStates, type UnsentState } from "./unsent";

const { key, effectKey, template, recipient, subject, state, version, sendings, unclearSince, sendTo } = unsentMails;
const columns = { key, effectKey, template, recipient, subject, state, version, sendings, unclearSince, sendTo };

export type Unsent = {
  key: string;
  effectKey: string;
  template: string;
  recipient: string | null;
  subject: string;
  state: UnsentState;
  version: number;
  sendings: number;
  unclearSince: UtcMs | null;
  sendTo: string | null;
};

type Change = Partial<Pick<typeof unsentMails.$inferInsert, "state" | "sendings" | "sendTo" | "unclearSince" | "problem" | "at">>;

/** Mails that didn't leave, for the job that sends them and for the people who decide about them. */
export function unsentStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  return {
    async load(mailKey: string): Promise<Unsent | null> {
      const [row] = await db.query({ from: unsentMails, columns, where: eq(key, mailKey), limit: 1 });
      return row ?? null;
    },

    /** The mails of an effect that is never tried again wait for a person; without any, the effect itself does. */
    async giveUp(failed: { key: string; kind: string; subject: string }, at: UtcMs): Promise<void> {
      const row = { key: failed.key, effectKey: failed.key, template: failed.kind, subject: failed.subject, state: "given-up" as const, at };
      const [[known], [effect]] = await db.queries(
        { from: unsentMails, columns: { key }, where: and(eq(effectKey, failed.key), inArray(state, ["trying", "again", ...openStates])), limit: 1 },
        { from: outbox, columns: { problem: outbox.problem }, where: eq(outbox.key, failed.key), limit: 1 },
      );
      const next = sql`case when ${unclearSince} is null then 'given-up' else 'unclear' end`;
      await db.batch([
        db.update(unsentMails, { state: next, at }, sql`${and(eq(effectKey, failed.key), inArray(state, ["trying", "again"]))}`),
        ...(known ? [] : [db.insertOnce(unsentMails, { ...row, problem: effect?.problem ?? null, version: 0, sendings: 0 })]),
      ]);
    },

    /** Has it sent again under a new key, and wakes its effect. Somebody else's decision on the same version makes this one `stale`. */
    again(mail: Unsent, to: string | null, at: UtcMs) {
      const event = notificationJournal.of("mail.sent-again", { subject: mail.subject, recipient: mail.recipient, to });
      return save(db, entryOf(mail, at, event), [
        decided(mail, { state: "again", sendings: mail.sendings + 1, sendTo: to ?? mail.sendTo, unclearSince: null, problem: null, at }),
        db.update(outbox, { dueAt: at, doneAt: null, attempts: 0, problem: null }, sql`${and(eq(outbox.key, mail.effectKey), isNull(outbox.dueAt))}`),
      ]);
    },

    dismiss(mail: Unsent, reason: string, at: UtcMs) {
      const event = notificationJournal.of("mail.dismissed", { subject: mail.subject, recipient: mail.recipient, reason });
      return save(db, entryOf(mail, at, event), [decided(mail, { state: "dismissed", at })]);
    },

    /** Whether the effect is still kept: what was done long ago is forgotten. */
    async hasEffect(mail: Unsent): Promise<boolean> {
      const [row] = await db.query({ from: outbox, columns: { key: outbox.key }, where: eq(outbox.key, mail.effectKey), limit: 1 });
      return row !== undefined;
    },
  };

  function decided(mail: Unsent, change: Change): Statement {
    return db.update(unsentMails, { ...change, version: mail.version + 1 }, sql`${and(eq(key, mail.key), eq(version, mail.version))}`);
  }
}

const entryOf = (mail: Unsent, at: UtcMs, event: ReturnType<typeof notificationJournal.of>) => ({
  record: { kind: "mail", id: mail.key, version: mail.version + 1 },
  at,
  event,
});

/** What a mail that is about to be sent meets: its own row, or its effect's. */
export const unsentOf = (mailKey: string, itsEffect: string) => ({
  from: unsentMails,
  columns,
  where: or(eq(key, mailKey), eq(key, itsEffect)),
  orderBy: [sql`${key} <> ${mailKey}`],
  limit: 1,
});
export const waits = (unsent: Pick<Unsent, "state"> | undefined): boolean => unsent !== undefined && (isOpen(unsent.state) || unsent.state === "dismissed");
