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
  /** Only the typed address is known; without a membership there is no shop to record it for. */
  | {
      outcome: "sign-in refused";
      email: string | null | (() => Promise<string | null>);
      why: string;
      /** The password was right, so it isn't a stranger: every one is recorded. */
      proven?: true;
    }
  /** The shop is known; the address is looked up after the response. */
  | { outcome: "sign-in refused"; find(): Promise<Concern> }
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
    const concern = await concernOf();
    if (!concern) return;
    const nth = attempt.outcome === "signed in" ? 1 : await countRefusal(platform, { organizationId: concern.organizationId, kind: kindOf(concern) }, at);
    if (nth === null) return;
    await save(
      servicesFor(forJob(concern.organizationId, "Automatic")).db,
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
