import { paths } from "~/kernel/paths";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { Unavailable } from "~/platform/outbox/drain.server";
import { describeDelivery } from "./delivery";
import { deliveryStore } from "./delivery.store.server";
import { mailedRecordPath } from "./mailed-record";
import { noticeStore } from "./notice.store.server";
import { recipientsOf } from "./staff-events";
import { unsentStore } from "./unsent.store.server";

/** The effect of a mail that came in, not of one that leaves. */
const REPLY = "mail.reply";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock };

/** Puts a mail that is never tried again on the office's list and notifies it; `subject` is what it was, such as "An invoice". */
export async function notifyUndeliveredMail(s: Needs, { key, kind }: { key: string; kind: string }, subject: string): Promise<void> {
  await unsentStore(s.db).giveUp({ key, kind, subject }, s.clock.now());
  await notifyOffice(s, {
    key: `gave-up:${key}`,
    title: kind === REPLY ? `${subject} couldn't be read, so it isn't on its record` : `${subject} couldn't be delivered`,
    href: `${paths.staff.settings}/mail`,
    recordId: key,
  });
}

/** Notifies the office of a mail that the provider took and that failed, once for each state. */
export async function notifyFailedDelivery(s: Needs, tag: string): Promise<void> {
  const mail = await deliveryStore(s.db).failed(tag);
  // The report came before the mail was noted.
  if (!mail) throw new Unavailable("a report on a mail that isn't noted yet");
  const title = `${describeDelivery(mail)}. Email to ${mail.recipient}: ${mail.subject}`;
  await notifyOffice(s, { key: `delivery:${tag}:${mail.state}`, title, href: mailedRecordPath(mail.about) ?? paths.staff.journal, recordId: mail.key });
}

type Notice = { key: string; title: string; href: string; recordId: string };

/** Never by mail: that may be what fails. */
async function notifyOffice({ db, directory, clock }: Needs, { recordId, ...notice }: Notice): Promise<void> {
  const store = noticeStore(db);
  const people = await directory.staffOf(db.scope.organizationId);
  const staff = people.map(({ id, name, email, role }) => ({ id, name, email, role }));
  const { preferences } = await store.preferences(
    staff.map(({ id }) => id),
    "mail.given-up",
  );
  const recipients = recipientsOf("mail.given-up", { staff, inHand: [], writer: null }, preferences);
  const now = clock.now();
  await store.add(
    recipients.map(({ person }) => ({
      ...notice,
      membershipId: person.id,
      event: "mail.given-up" as const,
      recordKind: "mail",
      recordId,
      at: now,
      digestAt: null,
    })),
    [],
    now,
  );
}
