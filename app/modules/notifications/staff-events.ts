import type { Id } from "~/kernel/ids";
import type { Role } from "~/kernel/permissions";
import { DAY, HOUR, startOfDay, toUtcMs, type UtcMs } from "~/kernel/time";

/** How a person is notified of an event. Every method but `never` also adds a notice. */
export const deliveryMethods = ["now", "digest", "bell", "never"] as const;
export type DeliveryMethod = (typeof deliveryMethods)[number];

export const deliveryLabels: Record<DeliveryMethod, string> = {
  now: "Email right away",
  digest: "Daily email",
  bell: "In the app only",
  never: "Off",
};

type StaffEventRow = {
  /** Label on the settings page. */
  label: string;
  /** `responsible`: the people assigned to the record, else its author, else the office. `money`: the office. */
  to: "responsible" | "money";
  /** The default. */
  usual: Exclude<DeliveryMethod, "never">;
};

/** Events that staff can be notified of, read by the sender and the settings page. */
export const staffEvents = {
  "estimate.answered": { label: "A customer answers an estimate", to: "responsible", usual: "now" },
  "estimate.question": { label: "A customer asks a question about an estimate", to: "responsible", usual: "now" },
  "estimate.unanswered": { label: "A customer doesn't answer an estimate in time", to: "responsible", usual: "now" },
  "service.requested": { label: "A customer requests service", to: "responsible", usual: "now" },
  "service.canceled": { label: "A customer cancels a service request", to: "responsible", usual: "now" },
  "estimate.second-person": { label: "An estimate needs a second approver at the customer", to: "responsible", usual: "digest" },
  "inspection.safety": { label: "A driver reports a unit that isn't safe to drive", to: "responsible", usual: "now" },
  "inspection.defects": { label: "A driver reports other defects", to: "responsible", usual: "digest" },
  "inspection.missing": { label: "Units that drove without an inspection", to: "responsible", usual: "digest" },
  "inspection.uncertified": { label: "A defect waits too long for certification", to: "responsible", usual: "digest" },
  "inspection.driven": { label: 'A unit is driven while "Do not operate"', to: "responsible", usual: "now" },
  "fault.critical": { label: "A unit reports a fault with which it should stop", to: "responsible", usual: "now" },
  "maintenance.due": { label: "Maintenance of a unit becomes due", to: "responsible", usual: "digest" },
  "vendor-job.answered": { label: "A vendor accepts or declines a job", to: "responsible", usual: "now" },
  "vendor-job.estimate": { label: "A vendor sends or withdraws an estimate", to: "responsible", usual: "now" },
  "vendor-job.completed": { label: "A vendor marks a job complete", to: "responsible", usual: "now" },
  "vendor-job.invoice": { label: "A vendor sends an invoice", to: "money", usual: "now" },
  "vendor-job.message": { label: "A vendor sends a message", to: "responsible", usual: "now" },
  "payment.received": { label: "A customer pays through Square", to: "money", usual: "now" },
  "payment.failed": { label: "A payment through Square fails", to: "money", usual: "bell" },
  "payment.refunded": { label: "A payment is refunded through Square", to: "money", usual: "bell" },
  "payment.refund-failed": { label: "A refund through Square fails", to: "money", usual: "now" },
  "payment.disputed": { label: "A customer's bank disputes a payment", to: "money", usual: "now" },
  "payment.unclear": { label: "A payment at Square fits no invoice", to: "money", usual: "now" },
  "square.revoked": { label: "The connection with Square ends", to: "money", usual: "now" },
  "mail.given-up": { label: "An email couldn't be delivered", to: "money", usual: "bell" },
} as const satisfies Record<string, StaffEventRow>;

export type StaffEvent = keyof typeof staffEvents;
export const staffEventNames = Object.keys(staffEvents) as [StaffEvent, ...StaffEvent[]]; // the keys of the table above

/** The row of an event, with the general row type. */
const rowOf = (event: StaffEvent): StaffEventRow => staffEvents[event];

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

/** The next seven in the morning in the shop's time zone, when the daily mail is due. */
export function nextDigest(now: UtcMs, zone: string): UtcMs {
  const today = toUtcMs(startOfDay(now, zone) + DIGEST_HOUR * HOUR);
  if (now < today) return today;
  // A day and three hours after midnight is always tomorrow, also when a day has 25 hours.
  return toUtcMs(startOfDay(toUtcMs(startOfDay(now, zone) + DAY + 3 * HOUR), zone) + DIGEST_HOUR * HOUR);
}
