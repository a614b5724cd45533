import { paths } from "~/kernel/paths";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { noticeStore } from "./notice.store.server";
import { recipientsOf } from "./staff-events";

type Needs = { db: ScopedDatabase<"job">; directory: Directory; clock: Clock };

/** What the mails are about, in the words of the bell. */
const subjects: Record<string, string> = {
  "mail.sign-in": "A sign-in link",
  "mail.set-password": "A link to choose a password",
  "mail.portal-invite": "An invitation to the portal",
  "mail.staff-digest": "A daily mail",
  "mail.invoice-issued": "An invoice",
  "mail.order-ready": "Word that a unit is ready",
  "mail.vendor-job": "A mail to a vendor",
};

/** Puts a mail that is never tried again under the office's bells. Never by mail: that may be what does not work. */
export async function notifyUndeliveredMail({ db, directory, clock }: Needs, key: string, kind: string): Promise<void> {
  const store = noticeStore(db);
  const people = await directory.staffOf(db.scope.organizationId);
  const staff = people.map(({ id, name, email, role }) => ({ id, name, email, role }));
  const preferences = await store.preferences(
    staff.map(({ id }) => id),
    "mail.given-up",
  );
  const recipients = recipientsOf("mail.given-up", { staff, inHand: [], writer: null }, preferences);
  const title = `${subjects[kind] ?? (kind.startsWith("mail.estimate") ? "A mail about an estimate" : "A mail")} could not be delivered`;
  await store.add(
    recipients.map(({ person }) => ({
      membershipId: person.id,
      key: `gave-up:${key}`,
      event: "mail.given-up" as const,
      title,
      href: paths.staff.journal,
      at: clock.now(),
      digestAt: null,
    })),
    [],
    clock.now(),
  );
}
