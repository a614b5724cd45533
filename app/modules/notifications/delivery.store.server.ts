import { and, eq, gte, inArray, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { DAY, later, type UtcMs } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { OldRows } from "~/platform/directory/directory.server";
import { healthField, isTrouble, rankOf } from "./delivery";
import { notificationEffects } from "./notification.effects";
import { mailAddresses, mailDeliveries, mailReports, mails } from "./notification.tables";
import type { MailReport } from "./resend-event";

/** Longer than the provider tries to bring a report, and than its events can be replayed. */
const KEPT = 60 * DAY;

/** As `further` in delivery.ts. */
const isFurther = sql`(excluded.rank, excluded.reason is not null or excluded.detail is not null, -excluded.at) > (${mailDeliveries.rank}, ${mailDeliveries.reason} is not null or ${mailDeliveries.detail} is not null, -${mailDeliveries.at})`;

/** The provider's reports on mails. */
export function deliveryStore(db: ScopedDatabase<"job">) {
  const moveAddress = (report: MailReport): Statement[] => {
    const field = healthField(report);
    if (!field) return [];
    const column = mailAddresses[field];
    const only = or(isNull(column), lt(column, report.at));
    return [db.upsert(mailAddresses, { address: report.to, [field]: report.at }, [mailAddresses.address], { [field]: report.at }, only)];
  };

  return {
    /** Applies a report. Each statement leaves what is further alone, so order and repetition don't matter; false for one that came before. */
    async apply(id: string, report: MailReport, now: UtcMs): Promise<boolean> {
      const [seen] = await db.query({ from: mailReports, columns: { id: mailReports.id }, where: eq(mailReports.id, id), limit: 1 });
      if (seen) return false;
      const { tag, state, at, reason, detail } = report;
      const rank = rankOf(state);
      const delivery = { state, rank, at, reason, detail };
      await db.batch([
        db.insertOnce(mailReports, { id, tag, receivedAt: now }),
        db.upsert(mailDeliveries, { tag, ...delivery }, [mailDeliveries.tag], delivery, isFurther),
        ...moveAddress(report),
        ...(isTrouble(state) ? [effectRow(db, notificationEffects.of("delivery.failed", `delivery:${tag}:${state}`, { tag }), now)] : []),
      ]);
      return true;
    },

    /** Mails accepted in this time of which no report has shown the end, oldest first. */
    async withoutEnd(from: UtcMs, until: UtcMs, limit: number) {
      const { tag, recipient, providerId, acceptedAt } = mails;
      const rows = await db.query({
        from: mails,
        leftJoin: [[mailDeliveries, eq(mailDeliveries.tag, tag)]],
        columns: { tag, recipient, providerId, acceptedAt },
        where: and(
          gte(acceptedAt, from),
          lt(acceptedAt, until),
          isNotNull(providerId),
          or(isNull(mailDeliveries.state), inArray(mailDeliveries.state, ["sent", "delayed"])),
        ),
        orderBy: [acceptedAt],
        limit,
      });
      return rows.flatMap(({ providerId: id, ...mail }) => (id === null ? [] : [{ ...mail, providerId: id }]));
    },

    /** A mail that failed, with what became of it; null while it isn't noted. */
    async failed(tag: string) {
      const { state, reason, detail, at } = mailDeliveries;
      const [row] = await db.query({
        from: mails,
        join: [[mailDeliveries, eq(mailDeliveries.tag, mails.tag)]],
        columns: { key: mails.key, subject: mails.subject, recipient: mails.recipient, about: mails.about, state, reason, detail, at },
        where: eq(mails.tag, tag),
        limit: 1,
      });
      return row ?? null;
    },
  };
}

/** Reports of all shops that can't come again. */
export const oldMailReports = (now: UtcMs): OldRows => ({
  from: mailReports,
  where: lt(mailReports.receivedAt, later(now, -KEPT)),
});
