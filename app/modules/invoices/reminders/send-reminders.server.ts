import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { type Clock, dayOf, localText } from "~/kernel/time";
import { newestRules } from "~/modules/organizations/shop-rules/newest-rules.step.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { invoiceReaders } from "../documents/invoice-recipients.server";
import { invoiceEffects } from "../invoice.effects";
import { daysLate, reminderDue } from "./reminder";
import { reminderStore } from "./reminder.store.server";

type Needs = {
  db: ScopedDatabase<"job">;
  directory: Directory;
  clock: Clock;
  /** Invoices whose money is on its way: nobody is reminded of those. */
  onItsWay(): Promise<readonly Id<"invoice">[]>;
};

/** Invoices of one pass; the next goes on with the others. */
const AT_ONCE = 50;
/** Nobody is reminded at night. */
const FIRST_HOUR = "08";

/** Sends the reminders that are due today, each once, and answers how many invoices were due for one. */
export async function sendReminders(s: Needs): Promise<number> {
  const store = reminderStore(s.db);
  const [organization, rules] = await Promise.all([s.directory.organization(s.db.scope.organizationId), newestRules(s.db)]);
  const now = s.clock.now();
  if (!organization || (!rules.remindBefore && !rules.remindLate) || localText(now, organization.zone).slice(11, 13) < FIRST_HOUR) return 0;
  const today = dayOf(now, organization.zone);
  const due = await store.due(today, rules, AT_ONCE, await s.onItsWay());
  for (const { dueDay, accountVersion, ...invoice } of due) {
    const step = dueDay === null ? null : reminderDue(dueDay, today, rules);
    if (step === null || dueDay === null) continue;
    const { emails } = await invoiceReaders(s.db, invoice.customerId, "reminder");
    if (emails.length === 0) {
      await store.skip(invoice.id, step);
      continue;
    }
    const mail = invoiceEffects.of("mail.invoice-reminder", `mail.invoice-reminder:${invoice.id}:${step}`, {
      invoiceId: invoice.id,
      day: today,
      open: toCents(invoice.total - invoice.applied),
      account: accountVersion === null ? null : { version: accountVersion, at: now },
    });
    // One that was paid or voided at the same moment is stale; the next pass looks again.
    await store.remind(invoice, { step, daysLate: daysLate(dueDay, today) }, mail, now);
  }
  return due.length;
}
