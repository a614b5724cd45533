import { addDays } from "~/kernel/days";
import type { Id } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import { dayOf, localInstant, type UtcMs } from "~/kernel/time";
import { type NotificationRow, rowsFor, type StaffEvent } from "./notification-table";

/** How a person is notified of an event. Every method but `never` also adds a notice. */
export const deliveryMethods = ["now", "digest", "bell", "never"] as const;
export type DeliveryMethod = (typeof deliveryMethods)[number];

export const deliveryLabels: Record<DeliveryMethod, string> = {
  now: "Email right away",
  digest: "Daily email",
  bell: "In the app only",
  never: "Off",
};

type StaffEventRow = NotificationRow & { usual: Exclude<DeliveryMethod, "never"> };

const staffRows = rowsFor("staff").filter((row): row is StaffEventRow => row.usual !== undefined);
export const staffEventNames = staffRows.map(({ event }) => event) as [StaffEvent, ...StaffEvent[]]; // the rows of the table that are events
/** The events whose delivery a person chooses. */
export const chosenEvents = staffRows.filter(({ always }) => !always).map(({ event }) => event) as [StaffEvent, ...StaffEvent[]]; // as above

/** The row of an event. */
export const staffRow = (event: StaffEvent): StaffEventRow => staffRows.find((row) => row.event === event) as StaffEventRow; // each event has one

export type Colleague = { id: Id<"membership">; name: string; email: string; role: Role | null };
/** A person's choice for one event. */
export type NotificationPreference = { membershipId: Id<"membership">; event: StaffEvent; way: DeliveryMethod };
export type Recipient = { person: Colleague; way: Exclude<DeliveryMethod, "never"> };

const isOffice = ({ role }: Colleague): boolean => role === "owner" || role === "manager";

/**
 * Recipients of an event and their delivery methods. `inHand` are the people responsible for the record and `writer`
 * is its author; people who left don't count. An event without recipients goes to the owners by the default method.
 */
export function recipientsOf(
  event: StaffEvent,
  { staff, inHand, writer }: { staff: readonly Colleague[]; inHand: readonly string[]; writer: string | null },
  preferences: readonly NotificationPreference[],
): Recipient[] {
  const { to, usual, always } = staffRow(event);
  const known = (ids: readonly (string | null)[]) => staff.filter(({ id }) => ids.includes(id));
  const groups = to === "money" ? [staff.filter(isOffice)] : [known(inHand), known([writer]), staff.filter(isOffice)];
  const meant = groups.find((group) => group.length > 0) ?? [];
  const recipients = meant.flatMap((person): Recipient[] => {
    const chosen = always ? null : preferences.find((preference) => preference.membershipId === person.id && preference.event === event);
    const way = chosen?.way ?? usual;
    return way === "never" ? [] : [{ person, way }];
  });
  if (recipients.length > 0) return recipients;
  return staff.filter(({ role }) => role === "owner").map((person) => ({ person, way: usual }));
}

/** When the daily mail is due on the shop's clock, for who has chosen no other hour. */
export const USUAL_DIGEST_HOUR = 7;
export const digestHours: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour);

/** "7 a.m.", "noon". */
export function digestHourLabel(hour: number): string {
  if (hour === 0) return "midnight";
  if (hour === 12) return "noon";
  return hour < 12 ? `${hour} a.m.` : `${hour - 12} p.m.`;
}

/** The next time that a clock in the shop's time zone shows this hour, when the daily mail is due. In an hour that clocks skip, the one after. */
export function nextDigest(now: UtcMs, zone: string, hour: number): UtcMs {
  const today = dayOf(now, zone);
  const on = (day: string) => localInstant(`${day}T${String(hour).padStart(2, "0")}:00`, zone) as UtcMs; // a day and an hour as they are written
  return now < on(today) ? on(today) : on(addDays(today, 1));
}
