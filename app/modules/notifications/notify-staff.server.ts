import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { Id } from "~/kernel/ids";
import type { Clock, UtcMs } from "~/kernel/time";
import type { Effect } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory, Organization } from "~/platform/directory/directory.server";
import { Refused } from "~/platform/outbox/drain.server";
import { digestSubject, digestText, StaffDigestMail } from "./digest.email";
import type { Mail } from "./mail";
import type { Mailer } from "./mailer.server";
import { noticeStore } from "./notice.store.server";
import { nextDigest, recipientsOf, type StaffEvent } from "./staff-events";

type Posting = { db: ScopedDatabase<"job">; directory: Directory; mailer: Mailer };
/** What is needed to tell staff. `ring` says to open bells that there is something new; for whom, each finds out by reading its own. */
export type NotifyNeeds = Posting & { clock: Clock; ring(key: string): Promise<void> };
export type MailContent = Omit<Mail, "key" | "from" | "to" | "html"> & { html: ReactElement };

export type StaffNotification = {
  event: StaffEvent;
  /** The record that it is about, and its page. */
  about: { kind: string; id: string; href: string };
  /** Memberships of those who have it in hand; whoever wrote the record where there is nobody. */
  inHand?: readonly string[];
  mail: MailContent;
};

/**
 * Tells the shop's people of an event, each as they want to hear of it: under the bell, and by mail at once or
 * with the day's. `key` is the effect's own: told again, it is told once.
 */
export async function notifyStaff(s: NotifyNeeds, key: string, { event, about, inHand = [], mail }: StaffNotification): Promise<void> {
  const { organizationId } = s.db.scope;
  const store = noticeStore(s.db);
  const [organization, people, writer] = await Promise.all([
    s.directory.organization(organizationId),
    s.directory.staffOf(organizationId),
    store.writerOf(about),
  ]);
  if (!organization) throw new Error("an event of no organization");
  const staff = people.map(({ id, name, email, role }) => ({ id, name, email, role }));
  const preferences = await store.preferences(
    staff.map(({ id }) => id),
    event,
  );
  const recipients = recipientsOf(event, { staff, inHand, writer }, preferences);
  const now = s.clock.now();
  const digestAt = nextDigest(now, organization.zone);
  const notices = recipients.map(({ person, way }) => ({
    membershipId: person.id,
    key,
    event,
    title: mail.subject,
    href: about.href,
    at: now,
    digestAt: way === "digest" ? digestAt : null,
  }));
  const digests = recipients
    .filter(({ way }) => way === "digest")
    .map(({ person }): Effect => {
      const body = { membershipId: person.id, digestAt };
      return { key: `mail.staff-digest:${person.id}:${digestAt}`, kind: "mail.staff-digest", body, dueAt: digestAt };
    });
  await store.add(notices, digests, now);
  await s.ring(key);
  const mailed = recipients.filter(({ way }) => way === "now").map(({ person }) => person);
  await mailEach(s.mailer, key, organization, mailed, mail);
}

/** Each person's mail has a key of its own, so that a repeat after half of them sends nobody a second one. */
export async function mailEach(
  mailer: Mailer,
  key: string,
  organization: Pick<Organization, "name">,
  people: readonly { email: string }[],
  { html, ...mail }: MailContent,
): Promise<void> {
  if (people.length === 0) return;
  const page = `<!doctype html>${renderToStaticMarkup(html)}`;
  let refused: Refused | null = null;
  for (const { email } of people) {
    try {
      await mailer.send({ ...mail, key: `${key}:${email}`, from: organization.name, to: email, html: page });
    } catch (cause) {
      // One address that is taken by no provider must not silence those after it.
      if (!(cause instanceof Refused)) throw cause;
      refused = cause;
    }
  }
  if (refused) throw refused;
}

/** The day's mail to one person: what was put aside for it, and nothing that came later. */
export async function sendStaffDigest(s: Posting, key: string, wanted: { membershipId: Id<"membership">; digestAt: UtcMs }): Promise<void> {
  const { organizationId } = s.db.scope;
  const [organization, people, notices] = await Promise.all([
    s.directory.organization(organizationId),
    s.directory.staffOf(organizationId),
    noticeStore(s.db).inDigest(wanted.membershipId, wanted.digestAt),
  ]);
  const person = people.find(({ id }) => id === wanted.membershipId);
  // Who has left in the meantime is told nothing.
  if (!organization || !person || notices.length === 0) return;
  const facts = { organization, notices: notices.map(({ title, href }) => ({ title, href: organization.publicOrigin + href })) };
  const mail = { template: "staff-digest", subject: digestSubject(facts), html: StaffDigestMail(facts), text: digestText(facts) };
  await mailEach(s.mailer, key, organization, [person], mail);
}
