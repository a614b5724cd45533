import type { Portal } from "~/kernel/audience";
import { formatWait } from "~/kernel/format-wait";
import { type Clock, HOUR } from "~/kernel/time";
import type { Directory } from "~/platform/directory/directory.server";
import type { Scope } from "~/platform/scope/scope.server";
import { problem } from "./problem.server";

type Share = "person" | "party" | "organization";
type Quota = Record<Share, number> & { window: number; did: string };

/**
 * How often something that costs the shop, or others, may be caused in a window: by one person in all their sessions, by
 * all people of one customer, vendor or driver, and in one organization. There the shop's own people and its portals are
 * counted apart, so nothing that portals do uses up what staff have.
 */
export const quotas = {
  upload: { window: HOUR, person: 200, party: 300, organization: 1_000, did: "added too many files" },
  /** Drivers' reports and their photos, apart from what others upload. */
  inspection: { window: HOUR, person: 120, party: 120, organization: 10_000, did: "sent too many photos" },
  document: { window: HOUR, person: 300, party: 600, organization: 3_000, did: "opened too many documents" },
  /** A customer's archive, the journal. */
  export: { window: HOUR, person: 8, party: 12, organization: 60, did: "exported data too often" },
  /** A list as CSV. */
  list: { window: HOUR, person: 60, party: 60, organization: 600, did: "downloaded lists too often" },
  mail: { window: HOUR, person: 60, party: 120, organization: 1_000, did: "sent too much that goes out by email" },
} as const satisfies Record<string, Quota>;
export type QuotaName = keyof typeof quotas;

export type OverQuota = { kind: "over-quota"; message: string; retryAfterSeconds: number };
type Needs = { db: { scope: Scope<Portal> }; directory: Directory; clock: Clock };

/** The keys that a person's acts are counted under, the narrowest first. */
export function quotaKeys(name: QuotaName, { organizationId, actor, audience, partyId }: Scope<Portal>): { share: Share; key: string }[] {
  const isStaff = audience === "staff";
  return [
    { share: "person", key: `quota ${name} ${organizationId} ${actor.id}` },
    ...(isStaff ? [] : [{ share: "party" as const, key: `quota ${name} ${organizationId} ${partyId}` }]),
    { share: "organization", key: `quota ${name} ${organizationId} ${isStaff ? "staff" : "portals"}` },
  ];
}

/** Counts one more, and returns why it is too much, or null. What a narrower limit refuses isn't counted for the others. */
export async function exceededQuota({ db, directory, clock }: Needs, name: QuotaName): Promise<OverQuota | null> {
  const { window, did, ...most } = quotas[name];
  const now = clock.now();
  for (const { share, key } of quotaKeys(name, db.scope)) {
    if ((await directory.countAttempt([key], window, now)) <= most[share]) continue;
    const retryAfterSeconds = Math.ceil((window - (now % window)) / 1_000);
    return { kind: "over-quota", message: `${whose(share, db.scope)} ${did} within an hour. ${formatWait(retryAfterSeconds)}`, retryAfterSeconds };
  }
  return null;
}

function whose(share: Share, { audience }: Scope<Portal>): string {
  if (share === "person") return "You";
  if (share === "party") return "Your company";
  return audience === "staff" ? "Your shop" : "The people of this portal";
}

const retryAfter = ({ retryAfterSeconds }: OverQuota) => ({ "Retry-After": String(retryAfterSeconds) });

/** The answer to a form, which keeps what was typed. */
export const overQuota = (refusal: OverQuota, values?: Record<string, string>) => problem(429, { message: refusal.message, values }, retryAfter(refusal));

/** The answer to what is opened by its address: a download. */
export const overQuotaAnswer = (refusal: OverQuota) => new Response(refusal.message, { status: 429, headers: retryAfter(refusal) });

/** Counts a download, or throws the answer that explains why there is none. */
export async function holdToQuota(s: Needs, name: QuotaName): Promise<void> {
  const refusal = await exceededQuota(s, name);
  if (refusal) throw overQuotaAnswer(refusal);
}
