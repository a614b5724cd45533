import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { mutableEvents } from "../customer-events";
import { contactMuteStore } from "./contact-mute.store.server";

/** Stops the mails of an event for a contact, who used the link in such a mail. */
export async function stopContactMail({ db, clock }: { db: ScopedDatabase<"job">; clock: Clock }, id: Id<"contact">, event: string): Promise<boolean> {
  const store = contactMuteStore(db);
  const stopped = mutableEvents.find((one) => one === event);
  // Somebody saved the contact in between: once more, with what was saved.
  for (let attempt = 0; attempt < 3; attempt++) {
    const contact = await store.find(id);
    if (!contact || !stopped) return false;
    if (contact.muted.includes(stopped)) return true;
    const saved = await store.mute(contact, [...contact.muted, stopped], clock.now());
    if (saved.ok) return true;
  }
  return false;
}
