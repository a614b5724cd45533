import type { AppLoadContext } from "@remix-run/cloudflare";
import type { Face } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { save } from "~/platform/database/journal.server";
import type { Membership } from "~/platform/directory/directory.server";
import { addressOf } from "~/platform/http/origin.server";
import { forJob } from "~/platform/scope/scope.server";

type Attempt = { audience: Face; request: Request } & (
  | { outcome: "signed in"; membership: Membership }
  /** Only what somebody typed or held is known; where it leads to no membership, there is nobody to tell. */
  | { outcome: "sign-in refused"; email: string | null; why: string }
);

/**
 * Puts an attempt at a door into the journal of the shop that it concerns. Each has an id of its own, so that
 * two at once never collide. It runs after the answer: a known address must not answer later than an unknown one.
 */
export function noteSignIn({ platform, servicesFor }: AppLoadContext, attempt: Attempt): void {
  platform.waitUntil(note());

  async function note(): Promise<void> {
    const { clock } = platform;
    const concerned = attempt.outcome === "signed in" ? attempt.membership : await membershipBehind(attempt.email);
    if (!concerned) return;
    const email = attempt.outcome === "signed in" ? await emailOf(concerned) : attempt.email;
    const at = clock.now();
    await save(
      servicesFor(forJob(concerned.organizationId, "the door")).db,
      {
        record: { kind: "sign-in", id: newId("event", at), version: 1 },
        at,
        what: attempt.outcome,
        about: concerned.partyId ?? concerned.id,
        body: { audience: attempt.audience, email, ...(attempt.outcome === "sign-in refused" ? { why: attempt.why } : {}) },
        from: { ip: addressOf(attempt.request), agent: attempt.request.headers.get("User-Agent")?.slice(0, 300) ?? null },
      },
      [],
    );
  }

  async function emailOf({ accountId }: Membership): Promise<string | null> {
    const account = accountId && (await platform.directory.accountById(accountId));
    return account ? account.email : null;
  }

  async function membershipBehind(email: string | null): Promise<Membership | null> {
    const account = email === null ? null : await platform.directory.account(email);
    const [membership] = account ? await platform.directory.membershipsOf(account.id, attempt.audience, null, { ended: true }) : [];
    return membership ?? null;
  }
}
