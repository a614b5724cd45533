import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isOpen, signsIn } from "./unsent";
import { type Unsent, unsentStore } from "./unsent.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Conflict = { kind: "not-found" } | { kind: "stale" };

/**
 * Has a mail sent again that didn't leave, under a new idempotency key. `to` is another address, which the caller has
 * checked to be one of the same customer; null for the address that the mail has.
 */
export async function sendMailAgain(
  s: Needs,
  { key, seen, to }: { key: string; seen: number; to: string | null },
): Promise<Result<null, Conflict | { kind: "signs-in" } | { kind: "forgotten" }>> {
  const store = unsentStore(s.db);
  const found = await seenMail(s, key, seen);
  if (!found.ok) return found;
  // Its link is over by now, and it must not go to another person.
  if (signsIn(found.value)) return err({ kind: "signs-in" });
  if (!(await store.hasEffect(found.value))) return err({ kind: "forgotten" });
  return store.again(found.value, to, s.clock.now());
}

/** Takes a mail off the list without sending it. */
export async function dismissMail(
  s: Needs,
  { key, seen, reason }: { key: string; seen: number; reason: string },
): Promise<Result<null, Conflict | { kind: "no-reason" }>> {
  if (reason.trim() === "") return err({ kind: "no-reason" });
  const found = await seenMail(s, key, seen);
  return found.ok ? unsentStore(s.db).dismiss(found.value, reason.trim(), s.clock.now()) : found;
}

async function seenMail(s: Needs, key: string, seen: number): Promise<Result<Unsent, Conflict>> {
  const mail = await unsentStore(s.db).load(key);
  if (!mail) return err({ kind: "not-found" });
  return isOpen(mail.state) && mail.version === seen ? ok(mail) : err({ kind: "stale" });
}
