import { and, asc, eq, sql } from "drizzle-orm";
import { toCents } from "~/kernel/money";
import { type Clock, dayOf, localText } from "~/kernel/time";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import { invoiceReaders } from "../documents/invoice-recipients.server";
import { dayAfter } from "../invoice";
import { invoiceEffects } from "../invoice.effects";
import { invoiceJournal } from "../invoice.journal";
import { invoices } from "../invoice.tables";
import { daysLate, reminderDue } from "./reminder";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock };

/** Invoices of one pass; the next goes on with the others. */
const AT_ONCE = 50;
/** Nobody is reminded at night. */
const FIRST_HOUR = "08";

/** Sends the reminders that are due today, each once, and answers how many invoices were looked after. */
export async function sendReminders(s: Needs): Promise<number> {
  const { db } = s;
  const [organization, { rules }] = await Promise.all([s.directory.organization(db.scope.organizationId), readShopRules(db)]);
  const now = s.clock.now();
  const { remindBefore, remindLate } = rules;
  if (!organization || (!remindBefore && !remindLate) || localText(now, organization.zone).slice(11, 13) < FIRST_HOUR) return 0;
  const today = dayOf(now, organization.zone);
  const { id, customerId, dueDay, total, applied, version, reminded } = invoices;
  const soon = remindBefore ? sql`(${dueDay} > ${today} and ${dueDay} <= ${dayAfter(today, remindBefore)} and ${reminded} is null)` : sql`false`;
  const weeks = sql`cast((julianday(${today}) - julianday(${dueDay})) / 7 as integer)`;
  const late = remindLate ? sql`(${dueDay} <= ${dayAfter(today, -7)} and coalesce(${reminded}, 0) < ${weeks})` : sql`false`;
  const due = await db.query({
    from: invoices,
    columns: {
      id,
      customerId,
      dueDay,
      total,
      applied,
      version,
      accountVersion: sql<
        number | null
      >`(select max(version) from ledger_entries where organization_id = ${db.scope.organizationId} and invoice_id = invoices.id)`.as("account_version"),
    },
    where: and(eq(invoices.state, "issued"), sql`${applied} < ${total}`, sql`(${soon} or ${late})`),
    orderBy: [asc(invoices.dueAt)],
    limit: AT_ONCE,
  });
  for (const invoice of due) {
    const step = invoice.dueDay && reminderDue(invoice.dueDay, today, rules);
    if (step === null || !invoice.dueDay) continue;
    const next = invoice.version + 1;
    const { emails } = await invoiceReaders(db, invoice.customerId, "reminder");
    if (emails.length === 0) {
      await db.batch([db.update(invoices, { reminded: Number(step) }, eq(id, invoice.id))]);
      continue;
    }
    const facts = {
      invoiceId: invoice.id,
      day: today,
      open: toCents(invoice.total - invoice.applied),
      account: invoice.accountVersion === null ? null : { version: invoice.accountVersion, at: now },
    };
    // A payment or a void of the same moment makes it stale; the next pass looks again.
    await save(
      db,
      {
        record: { kind: "invoice", id: invoice.id, version: next },
        at: now,
        event: invoiceJournal.of("reminder.sent", { invoice: invoice.id, daysLate: daysLate(invoice.dueDay, today) }),
        about: invoice.customerId,
      },
      [db.update(invoices, { reminded: Number(step), version: next }, eq(id, invoice.id))],
      [
        boardChanged(`invoice:${invoice.id}:${next}`, { kind: "invoice", id: invoice.id, version: next }, boardAudiences(invoice.customerId, true)),
        invoiceEffects.of("mail.invoice-reminder", `mail.invoice-reminder:${invoice.id}:${step}`, facts),
      ],
    );
  }
  return due.length;
}
