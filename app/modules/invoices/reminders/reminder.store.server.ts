import { and, asc, eq, sql } from "drizzle-orm";
import { addDays } from "~/kernel/days";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { USUAL_REMINDERS } from "~/modules/organizations/shop-rules/shop-rules";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { invoiceJournal } from "../invoice.journal";
import { invoices } from "../invoice.tables";
import type { ReminderRules, ReminderStep } from "./reminder";

/** Invoices whose customers are to be reminded, and what was sent about them. */
export function reminderStore(db: ScopedDatabase<"job">) {
  return {
    /** Owed invoices with a reminder that is due and not sent, longest due first; none of customers on credit hold, and none `except`. */
    due(today: string, { remindBefore, remindLate, remindMost = USUAL_REMINDERS }: ReminderRules, most: number, except: readonly Id<"invoice">[]) {
      const { id, customerId, dueDay, total, applied, version, reminded } = invoices;
      const soon = remindBefore ? sql`(${dueDay} > ${today} and ${dueDay} <= ${addDays(today, remindBefore)} and ${reminded} is null)` : sql`false`;
      const weeks = sql`cast((julianday(${today}) - julianday(${dueDay})) / 7 as integer)`;
      const late = remindLate
        ? sql`(${dueDay} <= ${addDays(today, -7)} and ${dueDay} > ${addDays(today, -7 * (remindMost + 1))} and coalesce(${reminded}, 0) < ${weeks})`
        : sql`false`;
      const accountVersion = sql<
        number | null
      >`(select max(version) from ledger_entries where organization_id = ${db.scope.organizationId} and invoice_id = invoices.id)`;
      const isOther = except.length > 0 ? sql`${id} not in (select value from json_each(${JSON.stringify(except)}))` : undefined;
      return db.query({
        from: invoices,
        columns: { id, customerId, dueDay, total, applied, version, accountVersion: accountVersion.as("account_version") },
        join: [[customers, eq(customers.id, customerId)]],
        where: and(eq(invoices.state, "issued"), sql`${applied} < ${total}`, eq(customers.creditHold, false), sql`(${soon} or ${late})`, isOther),
        orderBy: [asc(invoices.dueAt)],
        limit: most,
      });
    },

    /** Notes a reminder that nobody gets. */
    skip: (id: Id<"invoice">, step: ReminderStep) => db.batch([db.update(invoices, { reminded: step }, eq(invoices.id, id))]),

    /** Notes a reminder with its mail, unless the invoice changed since it was read. */
    remind(
      invoice: { id: Id<"invoice">; customerId: Id<"customer">; version: number },
      { step, daysLate }: { step: ReminderStep; daysLate: number },
      mail: Effect,
      at: UtcMs,
    ) {
      const { id, customerId } = invoice;
      const version = invoice.version + 1;
      const event = invoiceJournal.of("reminder.sent", { invoice: id, daysLate });
      return save(
        db,
        { record: { kind: "invoice", id, version }, at, event, about: customerId },
        [db.update(invoices, { reminded: step, version }, eq(invoices.id, id))],
        [boardChanged(`invoice:${id}:${version}`, { kind: "invoice", id, version }, boardAudiences(customerId, true)), mail],
      );
    },
  };
}
