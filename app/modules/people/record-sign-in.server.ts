import type { AppLoadContext } from "react-router";
import type { Portal } from "~/kernel/audience";
import type { EventOf } from "~/kernel/events";
import { type Id, newId } from "~/kernel/ids";
import { save } from "~/platform/database/journal.server";
import type { Membership } from "~/platform/directory/directory.server";
import { forJob } from "~/platform/scope/scope.server";
import { peopleJournal } from "./people.journal";
import { countRefusal } from "./refused-sign-ins.server";

/** Who tried: by address, or a driver by code and PIN on a tablet. */
export type SignInFacts = { email?: string | null; name?: string; code?: string; tablet?: string };
type Concern = { organizationId: Id<"organization">; about: string | null };
type Refused = Concern & { body: SignInFacts & { why: string } };
type Attempt = { audience: Portal; request: Request } & (
  | { outcome: "accepted"; membership: Membership; facts?: SignInFacts }
  /** Only the typed address is known; without a membership there is no shop to record it for. */
  | {
      outcome: "refused";
      email: string | null | (() => Promise<string | null>);
      why: string;
      /** The password was right, so it isn't a stranger: every one is recorded. */
      proven?: true;
    }
  /** The shop is known; the address is looked up after the response. */
  | { outcome: "refused"; find(): Promise<Refused> }
);

/**
 * Records a sign-in attempt in the journal of its shop. Each has its own id, so two at once never conflict; refused
 * ones, which anyone can cause, are folded (refused-sign-ins.server.ts). It runs after the response, so that timing
 * doesn't reveal whether an address is known.
 */
export function recordSignIn({ platform, servicesFor }: AppLoadContext, attempt: Attempt): void {
  const at = platform.clock.now();
  platform.afterAnswer(record);

  async function record(): Promise<void> {
    if (attempt.outcome === "accepted") {
      const { accountId } = attempt.membership;
      const account = accountId && (await platform.directory.accountById(accountId));
      const body = { audience: attempt.audience, email: account ? account.email : null, ...attempt.facts };
      return write(concernOf(attempt.membership), peopleJournal.of("sign-in.accepted", body));
    }
    const refused = "find" in attempt ? await attempt.find() : await refusedBehind(attempt);
    const nth = refused && (await countRefusal(platform, { organizationId: refused.organizationId, kind: kindOf(refused) }, at));
    if (!refused || !nth) return;
    await write(refused, peopleJournal.of("sign-in.refused", { audience: attempt.audience, ...refused.body, ...(nth > 1 ? { tries: nth } : {}) }));
  }

  async function write({ organizationId, about }: Concern, event: EventOf<typeof peopleJournal>): Promise<void> {
    const entry = { record: { kind: "sign-in", id: newId("event", at), version: 1 }, at, event, about: about ?? undefined };
    await save(servicesFor(forJob(organizationId, "Automatic", attempt.request)).db, entry, []);
  }

  const kindOf = ({ about, body }: Refused): string | null => ("proven" in attempt && attempt.proven ? null : `${attempt.audience} ${about} ${body.why}`);

  async function refusedBehind(tried: Extract<Attempt, { why: string }>): Promise<Refused | null> {
    const email = typeof tried.email === "function" ? await tried.email() : tried.email;
    const account = email === null ? null : await platform.directory.account(email);
    const [membership] = account ? await platform.directory.membershipsOf(account.id, attempt.audience, null, { ended: true }) : [];
    return membership ? { ...concernOf(membership), body: { email, why: tried.why } } : null;
  }
}

const concernOf = ({ organizationId, partyId, id }: Membership): Concern => ({ organizationId, about: partyId ?? id });
