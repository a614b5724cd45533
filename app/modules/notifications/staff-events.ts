import type { Id } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import { DAY, HOUR, startOfDay, toUtcMs, type UtcMs } from "~/kernel/time";

/** How somebody hears of an event. Whoever hears of it at all sees it under the bell. */
export const deliveryMethods = ["now", "digest", "bell", "never"] as const;
export type DeliveryMethod = (typeof deliveryMethods)[number];

export const deliveryLabels: Record<DeliveryMethod, string> = {
  now: "Mail at once",
  digest: "Daily mail",
  bell: "Bell only",
  never: "Not at all",
};

type StaffEventRow = {
  /** As the settings page lists it. */
  label: string;
  /** `responsible`: who has the record in hand, else who wrote it, else the office. `money`: the office. */
  to: "responsible" | "money";
  /** For whoever has not chosen. */
  usual: Exclude<DeliveryMethod, "never">;
};

/** What the shop's people are told of: the one table that sender and settings page read. */
export const staffEvents = {
  "estimate.answered": { label: "A customer answers an estimate", to: "responsible", usual: "now" },
  "estimate.question": { label: "A customer asks about an estimate", to: "responsible", usual: "now" },
  "service.requested": { label: "A customer asks for service", to: "responsible", usual: "now" },
  "estimate.second-person": { label: "An estimate waits for a second person at the customer's", to: "responsible", usual: "digest" },
  "vendor-job.answered": { label: "A vendor accepts or declines a job", to: "responsible", usual: "now" },
  "vendor-job.estimate": { label: "A vendor sends an estimate, or takes it back", to: "responsible", usual: "now" },
  "vendor-job.completed": { label: "A vendor marks a job complete", to: "responsible", usual: "now" },
  "vendor-job.invoice": { label: "A vendor sends an invoice", to: "money", usual: "now" },
  "vendor-job.message": { label: "A vendor writes a message", to: "responsible", usual: "now" },
  "mail.given-up": { label: "A mail could not be delivered", to: "money", usual: "bell" },
} as const satisfies Record<string, StaffEventRow>;

export type StaffEvent = keyof typeof staffEvents;
export const staffEventNames = Object.keys(staffEvents) as [StaffEvent, ...StaffEvent[]]; // the table's own keys

/** The table's row, whatever its event. */
const rowOf = (event: StaffEvent): StaffEventRow => staffEvents[event];

export type Colleague = { id: Id<"membership">; name: string; email: string; role: Role | null };
/** What one person chose for one event. */
export type NotificationPreference = { membershipId: Id<"membership">; event: StaffEvent; way: DeliveryMethod };
export type Recipient = { person: Colleague; way: Exclude<DeliveryMethod, "never"> };

const isOffice = ({ role }: Colleague): boolean => role === "owner" || role === "manager";

/**
 * Who hears of an event, and how. `inHand` are those who have the record in hand and `writer` who wrote it; people
 * who have left count for nothing. An event that nobody would hear of goes to the owners as usual.
 */
export function recipientsOf(
  event: StaffEvent,
  { staff, inHand, writer }: { staff: readonly Colleague[]; inHand: readonly string[]; writer: string | null },
  preferences: readonly NotificationPreference[],
): Recipient[] {
  const { to, usual } = rowOf(event);
  const known = (ids: readonly (string | null)[]) => staff.filter(({ id }) => ids.includes(id));
  const groups = to === "money" ? [staff.filter(isOffice)] : [known(inHand), known([writer]), staff.filter(isOffice)];
  const meant = groups.find((group) => group.length > 0) ?? [];
  const recipients = meant.flatMap((person): Recipient[] => {
    const way = preferences.find((preference) => preference.membershipId === person.id && preference.event === event)?.way ?? usual;
    return way === "never" ? [] : [{ person, way }];
  });
  if (recipients.length > 0) return recipients;
  return staff.filter(({ role }) => role === "owner").map((person) => ({ person, way: usual }));
}

const DIGEST_HOUR = 7;

/** The next seven in the morning where the shop is: when a day's digest leaves, and what its day is called. */
export function nextDigest(now: UtcMs, zone: string): UtcMs {
  const today = toUtcMs(startOfDay(now, zone) + DIGEST_HOUR * HOUR);
  if (now < today) return today;
  // A day and a bit after midnight is tomorrow, also where a day has 25 hours.
  return toUtcMs(startOfDay(toUtcMs(startOfDay(now, zone) + DAY + 3 * HOUR), zone) + DIGEST_HOUR * HOUR);
}
