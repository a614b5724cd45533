import type { Id } from "~/kernel/ids";
import { err, ok } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { mutableEvents } from "../customer-events";
import { contactMuteStore } from "./contact-mute.store.server";

/** Stops the mails of an event for a contact, who used the link in such a mail. Who left, or has stopped them, needs nothing. */
export async function stopContactMail({ db, clock }: { db: ScopedDatabase<"job">; clock: Clock }, id: Id<"contact">, event: string): Promise<void> {
  const store = contactMuteStore(db);
  const stopped = mutableEvents.find((one) => one === event);
  if (!stopped) return;
  await changeRecord({
    clock,
    load: () => store.find(id),
    decide: ({ muted }) => (muted.includes(stopped) ? err({ kind: "stopped-before" } as const) : ok([...muted, stopped])),
    save: (contact, muted, now) => store.mute(contact, muted, now),
  });
}
