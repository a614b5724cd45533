import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { mutedMailStore } from "./muted-mails.store.server";
import { notificationTable, switchableEvents, type VendorEvent } from "./notification-table";

type Db = ScopedDatabase<"vendor"> | ScopedDatabase<"job">;
export const vendorEvents = switchableEvents("vendor");

/** The mails that a vendor's person can switch off, and whether each is on. */
export async function readVendorMails(db: Db, me: Id<"membership">) {
  const [own] = await mutedMailStore(db).of([me]);
  return vendorEvents.map((event) => {
    const { label, what } = notificationTable.vendor[event];
    return { event, label, what, isOn: !own?.muted.includes(event) };
  });
}

export const saveVendorMails = (db: Db, me: Id<"membership">, wanted: readonly VendorEvent[]): Promise<void> =>
  mutedMailStore(db).set(
    me,
    vendorEvents.filter((event) => !wanted.includes(event)),
  );

/** Those of a vendor's people who want the mails of an event. */
export async function wantedBy<P extends { id: Id<"membership"> }>(db: Db, people: readonly P[], event: string): Promise<P[]> {
  const muted = await mutedMailStore(db).of(people.map(({ id }) => id));
  return people.filter(({ id }) => !muted.some((one) => one.membershipId === id && one.muted.some((its) => its === event)));
}

export async function stopVendorMail(db: Db, me: Id<"membership">, event: VendorEvent): Promise<void> {
  const [own] = await mutedMailStore(db).of([me]);
  await mutedMailStore(db).set(me, [...new Set([...(own?.muted ?? []), event])]);
}
