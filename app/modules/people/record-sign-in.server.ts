import type { AppLoadContext } from "react-router";
import type { Portal } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import { save } from "~/platform/database/journal.server";
import type { Membership } from "~/platform/directory/directory.server";
import { addressOf } from "~/platform/http/origin.server";
import { forJob } from "~/platform/scope/scope.server";
import { countRefusal } from "./refused-sign-ins.server";

type Concern = { organizationId: Id<"organization">; about: string | null; body: Record<string, unknown> };
type Attempt = { audience: Portal; request: Request } & (
  | { outcome: "signed in"; membership: Membership; facts?: Record<string, unknown> }
  /** Only what somebody typed or held is known; where it leads to no membership, there is nobody to tell. */
  | {
      outcome: "sign-in refused";
      email: string | null | (() => Promise<string | null>);
      why: string /** The password was right: strangers do not get here, so each is written. */;
      proven?: true;
    }
  /** Where the shop is known, whatever was typed; whom it was about is found after the answer. */
  | { outcome: "sign-in refused"; find(): Promise<Concern> }
);

/**
 * Puts an attempt at a door into the journal of the shop that it concerns. Each has an id of its own, so that
 * two at once never collide; of refused ones, which anybody may cause, not each is written (refused-sign-ins.server.ts).
 * It runs after the answer: a known address must not answer later than an unknown one.
 */
export function recordSignIn({ platform, servicesFor }: AppLoadContext, attempt: Attempt): void {
  const at = platform.clock.now();
  platform.afterAnswer(record);

  async function record(): Promise<void> {
    const concern = await concernOf();
    if (!concern) return;
    const nth = attempt.outcome === "signed in" ? 1 : await countRefusal(platform, { organizationId: concern.organizationId, kind: kindOf(concern) }, at);
    if (nth === null) return;
    await save(
      servicesFor(forJob(concern.organizationId, "the door")).db,
      {
        record: { kind: "sign-in", id: newId("event", at), version: 1 },
        at,
        what: attempt.outcome,
        about: concern.about ?? undefined,
        body: { audience: attempt.audience, ...concern.body, ...(nth > 1 ? { tries: nth } : {}) },
        from: { ip: addressOf(attempt.request), userAgent: attempt.request.headers.get("User-Agent")?.slice(0, 300) ?? null },
      },
      [],
    );
  }

  const kindOf = ({ about, body }: Concern): string | null =>
    "proven" in attempt && attempt.proven ? null : `${attempt.audience} ${about} ${String(body.why)}`;

  async function concernOf(): Promise<Concern | null> {
    if ("find" in attempt) return attempt.find();
    if (attempt.outcome === "sign-in refused") {
      const email = typeof attempt.email === "function" ? await attempt.email() : attempt.email;
      const membership = await membershipBehind(email);
      return membership && concernOn(membership, { email, why: attempt.why });
    }
    const { accountId } = attempt.membership;
    const account = accountId && (await platform.directory.accountById(accountId));
    return concernOn(attempt.membership, { email: account ? account.email : null, ...attempt.facts });
  }

  async function membershipBehind(email: string | null): Promise<Membership | null> {
    const account = email === null ? null : await platform.directory.account(email);
    const [membership] = account ? await platform.directory.membershipsOf(account.id, attempt.audience, null, { ended: true }) : [];
    return membership ?? null;
  }
}

const concernOn = ({ organizationId, partyId, id }: Membership, body: Record<string, unknown>): Concern => ({ organizationId, about: partyId ?? id, body });
