import { paths } from "~/kernel/paths";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { noticeStore } from "./notice.store.server";
import { recipientsOf } from "./staff-events";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock };

/** Notifies the office of a mail that is never tried again; `subject` is what it was, such as "An invoice". Never by mail: that may be what fails. */
export async function notifyUndeliveredMail({ db, directory, clock }: Needs, key: string, subject: string): Promise<void> {
  const store = noticeStore(db);
  const people = await directory.staffOf(db.scope.organizationId);
  const staff = people.map(({ id, name, email, role }) => ({ id, name, email, role }));
  const preferences = await store.preferences(
    staff.map(({ id }) => id),
    "mail.given-up",
  );
  const recipients = recipientsOf("mail.given-up", { staff, inHand: [], writer: null }, preferences);
  const title = `${subject} couldn't be delivered`;
  await store.add(
    recipients.map(({ person }) => ({
      membershipId: person.id,
      key: `gave-up:${key}`,
      event: "mail.given-up" as const,
      title,
      href: paths.staff.journal,
      recordKind: "mail",
      recordId: key,
      at: clock.now(),
      digestAt: null,
    })),
    [],
    clock.now(),
  );
}
