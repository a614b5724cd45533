import { and, asc, count, desc, eq, inArray, isNull } from "drizzle-orm";
import { parseId } from "~/kernel/ids";
import { contacts } from "~/modules/customers/customer.tables";
import { estimates } from "~/modules/estimates/estimate.tables";
import { invoices } from "~/modules/invoices/invoice.tables";
import { mailedRecordPath } from "~/modules/notifications/mailed-record";
import { unsentMails } from "~/modules/notifications/notification.tables";
import { type OpenState, openStates, signsIn, unsentLabels } from "~/modules/notifications/unsent";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

const MOST = 50;

/** Mails that wait for a person, newest first, each with the other addresses of the same customer. */
export async function readUnsentMails(db: ScopedDatabase<"staff">) {
  const { key, template, recipient, subject, about, state, problem, at, version } = unsentMails;
  const rows = await db.query({
    from: unsentMails,
    columns: { key, template, recipient, subject, about, state, problem, at, version },
    where: inArray(state, [...openStates]),
    orderBy: [desc(at), asc(key)],
    limit: MOST,
  });
  const people = await contactsOfRecords(
    db,
    rows.flatMap((row) => row.about ?? []),
  );
  return rows.map(({ about, template, ...mail }) => {
    const known = people.filter((one) => one.record === about);
    const own = known.find(({ email }) => email.toLowerCase() === mail.recipient?.toLowerCase());
    return {
      ...mail,
      label: unsentLabels[mail.state as OpenState],
      href: mailedRecordPath(about),
      signsIn: signsIn({ template }),
      contact: own ? { name: own.name, customerId: own.customerId, id: own.id } : null,
      others: known.filter((one) => one !== own).map(({ name, email }) => ({ name, email })),
    };
  });
}

export type UnsentMail = Awaited<ReturnType<typeof readUnsentMails>>[number];

export async function countUnsentMails(db: ScopedDatabase<"staff">): Promise<number> {
  const [row] = await db.query({ from: unsentMails, columns: { n: count() }, where: inArray(unsentMails.state, [...openStates]), limit: 1 });
  return row?.n ?? 0;
}

/** Whether an address is one of the customer's whom an unsent mail is about. */
export async function isAddressOfMail(db: ScopedDatabase<"staff">, mailKey: string, email: string): Promise<boolean> {
  const [row] = await db.query({ from: unsentMails, columns: { about: unsentMails.about }, where: eq(unsentMails.key, mailKey), limit: 1 });
  const people = row?.about ? await contactsOfRecords(db, [row.about]) : [];
  return people.some((one) => one.email.toLowerCase() === email.toLowerCase());
}

/** The contacts of the customers of estimates, invoices and orders. */
async function contactsOfRecords(db: ScopedDatabase<"staff">, records: readonly string[]) {
  const ids = [...new Set(records)];
  const of = <T>(parsed: readonly (T | null)[]): T[] => parsed.filter((one): one is T => one !== null);
  const owned = await db.queries(
    {
      from: estimates,
      columns: { record: estimates.id, customerId: estimates.customerId },
      where: inArray(estimates.id, of(ids.map((id) => parseId("estimate", id)))),
      limit: MOST,
    },
    {
      from: invoices,
      columns: { record: invoices.id, customerId: invoices.customerId },
      where: inArray(invoices.id, of(ids.map((id) => parseId("invoice", id)))),
      limit: MOST,
    },
    {
      from: workOrders,
      columns: { record: workOrders.id, customerId: workOrders.customerId },
      where: inArray(workOrders.id, of(ids.map((id) => parseId("workOrder", id)))),
      limit: MOST,
    },
  );
  const withOwner = owned.flat();
  if (withOwner.length === 0) return [];
  const people = await db.query({
    from: contacts,
    columns: { id: contacts.id, customerId: contacts.customerId, name: contacts.name, email: contacts.email },
    where: and(inArray(contacts.customerId, [...new Set(withOwner.map(({ customerId }) => customerId))]), isNull(contacts.archivedAt)),
    orderBy: [asc(contacts.createdAt)],
    limit: 400,
  });
  return withOwner.flatMap(({ record, customerId }) =>
    people.flatMap((one) => (one.customerId === customerId && one.email !== "" ? [{ ...one, record: String(record) }] : [])),
  );
}
