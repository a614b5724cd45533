import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type CustomerEvent, customerEventNames, eventsFor } from "../customer-events";
import { signedInContactStore } from "./signed-in-contact.store.server";

type Needs = { db: ScopedDatabase<"customer">; clock: Clock; drainNow(): Promise<void> };
export type ContactDetailsForm = { name: string; phone: string; wanted: readonly CustomerEvent[] };

export const readColleagues = (db: ScopedDatabase<"customer">) => signedInContactStore(db).people();

/** Keeps a person's own name, phone and what they want to be mailed about. What they may do is the shop's to say. */
export async function changeContactDetails(
  s: Needs,
  { form, seen }: { form: ContactDetailsForm; seen: number },
): Promise<Result<null, { kind: "not-found" } | { kind: "stale" } | { kind: "wrong"; fields: Record<string, string> }>> {
  const name = form.name.trim();
  const phone = form.phone.trim();
  const fields: Record<string, string> = {};
  if (name === "") fields.name = "Type your name.";
  if (name.length > 80) fields.name = "Keep it under 80 letters.";
  if (phone.length > 40) fields.phone = "Keep it under 40 signs.";
  if (Object.keys(fields).length > 0) return err({ kind: "wrong", fields });
  const store = signedInContactStore(s.db);
  const own = (await store.people()).find(({ isSelf }) => isSelf);
  if (!own) return err({ kind: "not-found" });
  if (own.version !== seen) return err({ kind: "stale" });
  // What this person is not asked about stays as it was.
  const asked = eventsFor(own.rights);
  const muted = customerEventNames.filter((event) => (asked.includes(event) ? !form.wanted.includes(event) : own.muted.includes(event)));
  const saved = await store.change(own, { name, phone: phone || null, muted }, s.clock.now());
  if (!saved.ok) return saved;
  await s.drainNow();
  return ok(null);
}
