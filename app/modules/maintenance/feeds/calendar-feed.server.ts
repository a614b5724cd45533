import { type Id, parseId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { feedStore } from "./feed.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock };
const MOST_FEEDS = 10;

/** Makes a secret address that calendar programs read. It is shown once; only its hash is kept. */
export async function addCalendarFeed(s: Needs): Promise<Result<{ token: string }, { kind: "stale" } | { kind: "too-many" }>> {
  const store = feedStore(s.db);
  if ((await store.list()).length >= MOST_FEEDS) return err({ kind: "too-many" });
  const secret = newToken();
  const added = await store.add(sha256(secret), s.clock.now());
  return added.ok ? ok({ token: `${s.db.scope.organizationId}~${secret}` }) : added;
}

/** Ends an address: programs that read it get nothing from then on. */
export async function revokeCalendarFeed(s: Needs, id: Id<"calendarFeed">): Promise<Result<null, { kind: "not-found" } | { kind: "stale" }>> {
  const store = feedStore(s.db);
  if (!(await store.list()).some((feed) => feed.id === id)) return err({ kind: "not-found" });
  return store.revoke(id, s.clock.now());
}

export const listCalendarFeeds = (db: Needs["db"]) => feedStore(db).list();

/** The organization that a token names, and its secret's hash; the secret is checked against what the shop keeps. */
export function readCalendarToken(text: string | undefined): { organizationId: Id<"organization">; sha256: string } | null {
  const [organization, secret] = (text ?? "").replace(/\.ics$/, "").split("~");
  const organizationId = parseId("organization", organization);
  return organizationId && secret ? { organizationId, sha256: sha256(secret) } : null;
}

export const openCalendarFeed = (db: ScopedDatabase<"job">, hash: string) => feedStore(db).open(hash);
