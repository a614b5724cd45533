import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { type Id, parseId } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory, Organization } from "~/platform/directory/directory.server";
import { Refused } from "~/platform/outbox/drain.server";
import { digestSubject, digestText, StaffDigestMail } from "./digest.email";
import type { Mail, MailReader } from "./mail";
import { withPreview } from "./mail-frame";
import type { Mailer } from "./mailer.server";
import { noticeStore } from "./notice.store.server";
import { MAILS_OF_GROUP } from "./notice-groups";
import { notificationEffects } from "./notification.effects";
import { type MailTemplate, rowOfMail, rowsFor, type StaffEvent } from "./notification-table";
import { pushesFor, type QueuePushNeeds } from "./push/queue-pushes.step.server";
import { nextDigest, recipientsOf, USUAL_DIGEST_HOUR } from "./staff-events";

type Posting = { db: ScopedDatabase<"job">; directory: Directory; mailer: Mailer };
/** Needed to notify staff. `ring` tells open pages that there are new notices; each page then loads its own. */
export type NotifyNeeds = Posting & QueuePushNeeds & { ring(key: string): Promise<void> };
export type MailContent = Omit<Mail, "key" | "from" | "to" | "html"> & { html: ReactElement };

export type StaffNotification = {
  event: StaffEvent;
  /** The record and its page. */
  about: { kind: string; id: string; href: string };
  /** Memberships responsible for the record; if empty, its author is notified. */
  inHand?: readonly string[];
  /** Of the notice, where it isn't the mail's subject. */
  title?: string;
  mail: MailContent;
};

/**
 * Notifies staff of an event, each by their preference: a notice, and a mail at once or with the daily digest. Of many
 * notices that come together only the first are mailed at once. `key` is the outbox effect's key, so a repeat notifies once.
 */
export async function notifyStaff(s: NotifyNeeds, key: string, { event, about, inHand = [], mail, title = mail.subject }: StaffNotification): Promise<void> {
  const { organizationId } = s.db.scope;
  const store = noticeStore(s.db);
  const [organization, people, writer] = await Promise.all([
    s.directory.organization(organizationId),
    s.directory.staffOf(organizationId),
    store.writerOf(about),
  ]);
  if (!organization) throw new Error("event without its organization");
  const staff = people.map(({ id, name, email, role }) => ({ id, name, email, role }));
  const { preferences, digestHours } = await store.preferences(
    staff.map(({ id }) => id),
    event,
  );
  const recipients = recipientsOf(event, { staff, inHand, writer }, preferences);
  const now = s.clock.now();
  const digestOf = ({ id }: { id: Id<"membership"> }) => ({
    membershipId: id,
    digestAt: nextDigest(now, organization.zone, digestHours.get(id) ?? USUAL_DIGEST_HOUR),
  });
  const notices = recipients.map(({ person, way }) => ({
    membershipId: person.id,
    key,
    event,
    title,
    href: about.href,
    recordKind: about.kind,
    recordId: about.id,
    at: now,
    digestAt: way === "digest" ? digestOf(person).digestAt : null,
  }));
  const digestsFor = (people: readonly { id: Id<"membership"> }[]) =>
    people.map(digestOf).map((digest) => {
      const { membershipId, digestAt } = digest;
      return notificationEffects.of("mail.staff-digest", `mail.staff-digest:${membershipId}:${digestAt}`, digest, digestAt);
    });
  const by = (wanted: "now" | "digest") => recipients.filter(({ way }) => way === wanted).map(({ person }) => person);
  const pushes = await pushesFor(s, { audience: "staff", event, people: recipients.map(({ person }) => person.id) }, (membershipId, dueAt) =>
    notificationEffects.of("push.notice", `push:${key}:${membershipId}`, { membershipId, notice: key, isBack: false }, dueAt),
  );
  await store.add(notices, [...digestsFor(by("digest")), ...pushes], now);
  await s.ring(key);
  await s.enqueue(pushes.map((push) => push.key));
  const places = await store.placesOf(
    key,
    by("now").map(({ id }) => id),
  );
  const isMailed = ({ id }: { id: Id<"membership"> }) => (places.get(id) ?? 1) <= MAILS_OF_GROUP;
  const daily = by("now").filter((person) => !isMailed(person));
  if (daily.length > 0) await store.mailDaily(key, daily.map(digestOf), digestsFor(daily), now);
  await mailEach(s.mailer, key, organization, by("now").filter(isMailed), mail, event);
}

/** Who switches a mail off, by which event; null for who has no settings, and for a mail that is always sent. */
function readerOf(person: string | undefined, template: MailTemplate, staffEvent: string | undefined): MailReader | null {
  if (!person) return null;
  const audience = staffEvent ? "staff" : parseId("contact", person) ? "customer" : "vendor";
  const row = staffEvent ? rowsFor("staff").find(({ event }) => event === staffEvent) : rowOfMail(audience, template);
  return row && !row.always ? { audience, event: row.event, person } : null;
}

/**
 * Each person's mail has its own key, so a retry after a partial send doesn't mail anyone twice. People are named by
 * their contact or membership, as far as they have one; `staffEvent` is the event of a mail to staff.
 */
export async function mailEach(
  mailer: Mailer,
  key: string,
  organization: Pick<Organization, "name" | "publicOrigin" | "email">,
  people: readonly { id?: string; email: string }[],
  { html, ...mail }: MailContent,
  staffEvent?: StaffEvent | "digest",
): Promise<void> {
  if (people.length === 0) return;
  const page = withPreview(`<!doctype html>${renderToStaticMarkup(html)}`, mail);
  let refused: Refused | null = null;
  for (const { id, email } of people) {
    try {
      const reader = readerOf(id, mail.template, staffEvent);
      await mailer.send({
        ...mail,
        key: `${key}:${email}`,
        from: organization.name,
        to: email,
        html: page,
        reader,
        origin: organization.publicOrigin,
        shopEmail: organization.email,
      });
    } catch (cause) {
      // An address the provider refuses must not stop the mails to the others.
      if (!(cause instanceof Refused)) throw cause;
      refused = cause;
    }
  }
  if (refused) throw refused;
}

/** A person's daily mail: the notices due with it, and none added later. */
export async function sendStaffDigest(s: Posting, key: string, wanted: { membershipId: Id<"membership">; digestAt: UtcMs }): Promise<void> {
  const { organizationId } = s.db.scope;
  const [organization, people, notices] = await Promise.all([
    s.directory.organization(organizationId),
    s.directory.staffOf(organizationId),
    noticeStore(s.db).inDigest(wanted.membershipId, wanted.digestAt),
  ]);
  const person = people.find(({ id }) => id === wanted.membershipId);
  // People who left meanwhile get no mail.
  if (!organization || !person || notices.length === 0) return;
  const facts = { organization, notices: notices.map(({ title, href }) => ({ title, href: organization.publicOrigin + href })) };
  const mail = { template: "staff-digest" as const, subject: digestSubject(facts), html: StaffDigestMail(facts), text: digestText(facts) };
  await mailEach(s.mailer, key, organization, [person], mail, "digest");
}
