import { type Id, parseId } from "~/kernel/ids";
import { type Plan, planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { feedStore } from "./feed.store.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock };
type WithDirectory<D> = { db: D; directory: Pick<Directory, "livingMembers"> };
type RevokeRefusal = { kind: "not-found" } | { kind: "stale" };
const MOST_FEEDS = 10;

/** Makes a secret address that calendar programs read. It is shown once; only its hash is kept. It ends with the sign-in of who made it. */
export async function addCalendarFeed(s: Needs): Promise<Result<{ token: string }, { kind: "stale" } | { kind: "too-many" }>> {
  const store = feedStore(s.db);
  if ((await store.list()).length >= MOST_FEEDS) return err({ kind: "too-many" });
  const secret = newToken();
  const member = s.db.scope.actor.id as Id<"membership">; // a person's session acts as its membership
  const added = await store.add(sha256(secret), member, s.clock.now());
  return added.ok ? ok({ token: `${s.db.scope.organizationId}~${secret}` }) : added;
}

/** Ends an address: programs that read it get nothing from then on. */
export async function revokeCalendarFeed(s: Needs, id: Id<"calendarFeed">): Promise<Result<null, RevokeRefusal>> {
  const store = feedStore(s.db);
  if (!(await store.list()).some((feed) => feed.id === id)) return err({ kind: "not-found" });
  return store.revoke(id, s.db.scope.audience === "customer" ? (s.db.scope.partyId as Id<"customer">) : null, s.clock.now()); // a customer's party is its customer
}

/** The shop ends an address of a customer's. */
export async function revokeCustomerFeed(s: { db: ScopedDatabase<"staff">; clock: Clock }, id: Id<"calendarFeed">): Promise<Result<null, RevokeRefusal>> {
  const store = feedStore(s.db);
  const customerId = await store.ofCustomer(id);
  return customerId ? store.revoke(id, customerId, s.clock.now()) : err({ kind: "not-found" });
}

/** A session's addresses; `isEnded` for one whose maker can't sign in anymore. */
export async function listCalendarFeeds(s: WithDirectory<Needs["db"]>) {
  const feeds = await feedStore(s.db).list();
  return withEnded(s.directory, feeds);
}

/** Addresses of customers, as the shop sees them; `isEnded` for one that doesn't open anymore. */
export async function listCustomerFeeds(s: WithDirectory<ScopedDatabase<"staff">>, customerId: Id<"customer"> | null) {
  const { feeds, more } = await feedStore(s.db).ofCustomers(customerId);
  const rows = await withEnded(s.directory, feeds);
  return { more, feeds: rows.map(({ portalEnabled, isEnded, ...feed }) => ({ ...feed, isEnded: isEnded || !portalEnabled })) };
}

async function withEnded<F extends { memberId: Id<"membership"> }>(directory: Pick<Directory, "livingMembers">, feeds: readonly F[]) {
  const living = await directory.livingMembers(feeds.map(({ memberId }) => memberId));
  return feeds.map(({ memberId, ...feed }) => ({ ...feed, isEnded: !living.has(memberId) }));
}

/** The organization that a token names, and its secret's hash; the secret is checked against what the shop keeps. */
export function readCalendarToken(text: string | undefined): { organizationId: Id<"organization">; sha256: string } | null {
  const [organization, secret] = (text ?? "").replace(/\.ics$/, "").split("~");
  const organizationId = parseId("organization", organization);
  return organizationId && secret ? { organizationId, sha256: sha256(secret) } : null;
}

/** Whose units a calendar has: null for one that was revoked, or whose customer or maker has no access anymore. */
export async function openCalendarFeed(
  { db, directory }: WithDirectory<ScopedDatabase<"job">>,
  hash: string,
  plan: Plan,
): Promise<{ customerId: Id<"customer"> | null } | null> {
  const feed = await feedStore(db).open(hash);
  if (!feed || (feed.customerId && !planIncludesPortal(plan, "customer"))) return null;
  return (await directory.livingMembers([feed.memberId])).has(feed.memberId) ? { customerId: feed.customerId } : null;
}
