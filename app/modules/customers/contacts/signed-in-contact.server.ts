import { err, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { eventsFor, type MutableEvent, mutableEvents } from "../customer-events";
import { signedInContactStore } from "./signed-in-contact.store.server";

type Needs = { db: ScopedDatabase<"customer">; clock: Clock };
export type ContactDetailsForm = { name: string; phone: string; wanted: readonly MutableEvent[] };

export const readColleagues = (db: ScopedDatabase<"customer">) => signedInContactStore(db).people();

/** Saves a contact's own name, phone and email settings. Rights are set by the shop. */
export async function changeContactDetails(
  s: Needs,
  { form, seen }: { form: ContactDetailsForm; seen: number },
): Promise<Result<null, { kind: "not-found" } | { kind: "stale" } | { kind: "invalid"; fields: Record<string, string> }>> {
  const name = form.name.trim();
  const phone = form.phone.trim();
  const fields: Record<string, string> = {};
  if (name === "") fields.name = "Enter your name.";
  if (name.length > 80) fields.name = "Use at most 80 characters.";
  if (phone.length > 40) fields.phone = "Use at most 40 characters.";
  if (Object.keys(fields).length > 0) return err({ kind: "invalid", fields });
  const store = signedInContactStore(s.db);
  const own = (await store.people()).find(({ isSelf }) => isSelf);
  if (!own) return err({ kind: "not-found" });
  if (own.version !== seen) return err({ kind: "stale" });
  // Events the form didn't show keep their setting.
  const asked = eventsFor(own.rights);
  const muted = mutableEvents.filter((event) => (asked.includes(event) ? !form.wanted.includes(event) : own.muted.includes(event)));
  return store.change(own, { name, phone: phone || null, muted }, s.clock.now());
}
