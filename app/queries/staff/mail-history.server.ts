import { desc, eq, inArray, sql } from "drizzle-orm";
import type { UtcMs } from "~/kernel/time";
import { type AddressFault, type BounceReason, type DeliveryState, describeDelivery, faultOf, isTrouble } from "~/modules/notifications/delivery";
import { mailAddresses, mailDeliveries, mails } from "~/modules/notifications/notification.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 30;
/** D1 binds at most 100 values to a statement. */
const ADDRESSES = 80;

/** Columns of a mail with what became of it, from a query that joins its delivery where there is one. */
export const mailColumns = {
  key: mails.key,
  recipient: mails.recipient,
  subject: mails.subject,
  acceptedAt: mails.acceptedAt,
  state: sql<DeliveryState | null>`${mailDeliveries.state}`,
  reason: sql<BounceReason | null>`${mailDeliveries.reason}`,
  detail: sql<string | null>`${mailDeliveries.detail}`,
};

type Row = {
  key: string;
  recipient: string;
  subject: string;
  acceptedAt: UtcMs;
  state: DeliveryState | null;
  reason: BounceReason | null;
  detail: string | null;
};

/** A mail as it is listed: no report yet means that the provider took it. */
export function shownMail({ state: known, reason, detail, ...mail }: Row) {
  const state = known ?? "sent";
  const tone = isTrouble(state) ? ("red" as const) : state === "delivered" ? ("green" as const) : state === "delayed" ? ("amber" as const) : ("slate" as const);
  return { ...mail, state, tone, label: describeDelivery({ state, reason, detail }) };
}

export type ShownMail = ReturnType<typeof shownMail>;

/** Mails to these addresses, newest first: subject, time and what became of them, never the body. */
export async function readMailHistory(db: ScopedDatabase<"staff">, addresses: readonly string[]): Promise<ShownMail[]> {
  const known = [...new Set(addresses)].slice(0, ADDRESSES);
  if (known.length === 0) return [];
  const rows = await db.query({
    from: mails,
    leftJoin: [[mailDeliveries, eq(mailDeliveries.tag, mails.tag)]],
    columns: mailColumns,
    where: inArray(mails.recipient, known),
    orderBy: [desc(mails.acceptedAt)],
    limit: MOST,
  });
  return rows.map(shownMail);
}

/** Which of these addresses get mail, and which only sign-in mail because earlier mail to them failed. */
export async function splitByFault(db: ScopedDatabase<"staff">, emails: readonly string[]): Promise<{ reached: string[]; failing: string[] }> {
  const { address, bouncedAt, complainedAt, deliveredAt } = mailAddresses;
  const asked = emails.slice(0, ADDRESSES).map((email) => email.toLowerCase());
  const rows =
    asked.length === 0
      ? []
      : await db.query({
          from: mailAddresses,
          columns: { address, bouncedAt, complainedAt, deliveredAt },
          where: inArray(address, asked),
          limit: ADDRESSES,
        });
  const faulty = new Set(rows.flatMap((row) => (faultOf(row) ? [row.address] : [])));
  const fails = (email: string) => faulty.has(email.toLowerCase());
  return { reached: emails.filter((email) => !fails(email)), failing: emails.filter(fails) };
}

/** "Not emailed to joan@fleet.test: earlier mail to it failed." */
export const notEmailed = (failing: readonly string[]): string =>
  failing.length === 0 ? "" : ` Not emailed to ${failing.join(", ")}: earlier email there failed. Correct the address, or call.`;

/** Why an address gets only sign-in mail; null if it gets all. */
export async function readAddressFault(db: ScopedDatabase<"staff">, email: string): Promise<AddressFault | null> {
  const { bouncedAt, complainedAt, deliveredAt } = mailAddresses;
  const [row] = await db.query({
    from: mailAddresses,
    columns: { bouncedAt, complainedAt, deliveredAt },
    where: eq(mailAddresses.address, email.toLowerCase()),
    limit: 1,
  });
  return row ? faultOf(row) : null;
}
