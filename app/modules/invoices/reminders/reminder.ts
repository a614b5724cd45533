import { DAY } from "~/kernel/time";
import { type ShopRules, USUAL_REMINDERS } from "~/modules/organizations/shop-rules/shop-rules";

/** Which reminder of an invoice: 0 before its due day, else the weeks that it is late. Each is sent once. */
export type ReminderStep = number;
export type ReminderRules = Pick<ShopRules, "remindBefore" | "remindLate" | "remindMost">;

const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);
/** Calendar days after the due day; negative before it. */
export const daysLate = (dueDay: string, today: string): number => Math.round((noon(today) - noon(dueDay)) / DAY);

/** The reminder that a shop's rules ask for today; null for none. */
export function reminderDue(dueDay: string, today: string, { remindBefore, remindLate, remindMost = USUAL_REMINDERS }: ReminderRules): ReminderStep | null {
  const late = daysLate(dueDay, today);
  if (late < 0) return remindBefore !== undefined && -late <= remindBefore ? 0 : null;
  const weeks = Math.floor(late / 7);
  return remindLate === "weekly" && weeks > 0 && weeks <= remindMost ? weeks : null;
}

/** "7 days late", "due in 3 days", "due in 1 day" */
export function dueText(late: number): string {
  const days = Math.abs(late);
  const counted = `${days} ${days === 1 ? "day" : "days"}`;
  return late > 0 ? `${counted} late` : late === 0 ? "due today" : `due in ${counted}`;
}
