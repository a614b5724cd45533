import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { faultOf, isTrouble } from "~/modules/notifications/delivery";
import { mailAddresses, mailDeliveries, mails } from "~/modules/notifications/notification.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { mailColumns, shownMail } from "./mail-history.server";

const MOST = 30;

/** What a contact must be allowed to for what the record's mails ask of them. */
type Right = "mayDecide" | "mayDocuments";

/** Mails about a record, newest first, with what became of each; who of its customer's contacts lacks the newest to them, and who else could be reached. */
export async function readRecordMails(db: ScopedDatabase<"staff">, about: string, customerId: Id<"customer">, right: Right) {
  const { bouncedAt, complainedAt, deliveredAt } = mailAddresses;
  const [sent, people, own] = await db.queries(
    {
      from: mails,
      leftJoin: [[mailDeliveries, eq(mailDeliveries.tag, mails.tag)]],
      columns: mailColumns,
      where: eq(mails.about, about),
      orderBy: [desc(mails.acceptedAt), desc(mails.key)],
      limit: MOST,
    },
    {
      from: contacts,
      leftJoin: [[mailAddresses, eq(mailAddresses.address, sql`lower(${contacts.email})`)]],
      columns: { id: contacts.id, name: contacts.name, email: contacts.email, may: contacts[right], bouncedAt, complainedAt, deliveredAt },
      where: and(eq(contacts.customerId, customerId), isNull(contacts.archivedAt)),
      orderBy: [asc(contacts.createdAt)],
      limit: 200,
    },
    {
      from: customers,
      columns: { id: customers.id, name: customers.name, email: sql<string>`coalesce(${customers.email}, '')` },
      where: eq(customers.id, customerId),
      limit: 1,
    },
  );
  const shown = sent.map(shownMail);
  const newestTo = (email: string) => shown.find(({ recipient }) => recipient.toLowerCase() === email.toLowerCase());
  // Whose address changed since isn't written to there anymore, so what failed there is no warning.
  const addressed = [
    ...people.map(({ id, name, email }) => ({ id: String(id), name, email, href: paths.staff.contact(customerId, id) })),
    ...own.map(({ id, name, email }) => ({ id: String(id), name, email, href: paths.staff.customerForm(id) })),
  ];
  const failing = addressed.flatMap((one) => {
    const mail = newestTo(one.email);
    return mail && isTrouble(mail.state) ? [{ ...one, label: mail.label }] : [];
  });
  const others = people.filter((one) => one.may && faultOf(one) === null && !failing.some(({ id }) => id === one.id));
  return { mails: shown, failing, others: others.map(({ name }) => name) };
}
