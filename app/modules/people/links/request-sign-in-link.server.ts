import type { AppLoadContext } from "react-router";
import type { Portal } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import { pageOf } from "~/kernel/paths";
import { err, ok, type Result } from "~/kernel/result";
import { MINUTE } from "~/kernel/time";
import { effectRow } from "~/platform/database/journal.server";
import { forJob } from "~/platform/scope/scope.server";
import { parseEmail } from "../email";
import { peopleEffects } from "../people.effects";
import { newSignInLink } from "./new-sign-in-link.server";

const WINDOW = 15 * MINUTE;
const MAILS_PER_ACCOUNT = 8;
const ASKS_PER_ADDRESS = 60;

type Ask = {
  audience: Portal;
  email: string;
  address: string;
  only: Id<"organization"> | null;
  /** The page that redirected to sign-in. */
  to?: string | null;
};
export type AskRefusal = { kind: "not-an-email" } | { kind: "too-often"; retryAfterSeconds: number };

/**
 * Mails a link and a code if the address can sign in to this portal. The response is the same for a known, an unknown
 * and a revoked address: the id of the request, which the code belongs to.
 */
export async function askForLink({ platform, servicesFor }: AppLoadContext, ask: Ask): Promise<Result<Id<"link">, AskRefusal>> {
  const { clock, directory } = platform;
  const email = parseEmail(ask.email);
  if (!email) return err({ kind: "not-an-email" });
  const now = clock.now();
  const [mails, asks] = await Promise.all([
    directory.countAttempt([`link ${ask.audience} ${email}`], WINDOW, now),
    directory.countAttempt([`link-from ${ask.address}`], WINDOW, now),
  ]);
  if (asks > ASKS_PER_ADDRESS) return err({ kind: "too-often", retryAfterSeconds: Math.ceil((WINDOW - (now % WINDOW)) / 1_000) });

  const id = newId("link", now);
  // The address is looked up after the response, so that timing doesn't reveal it. Without a mail there is no request either.
  if (mails <= MAILS_PER_ACCOUNT) platform.afterAnswer(() => open(email));
  return ok(id);

  async function open(address: string): Promise<void> {
    const account = await directory.account(address);
    const memberships = account ? await directory.membershipsOf(account.id, ask.audience, ask.only) : [];
    const organizationId = memberships[0]?.organizationId ?? null;
    const accountId = organizationId && account ? account.id : null;
    await newSignInLink(platform, { audience: ask.audience, email: address, accountId, organizationId, leadsTo: pageOf(ask.audience, ask.to) }, id);
    if (!organizationId) return;
    const { db, drainSoon } = servicesFor(forJob(organizationId, "sign-in"));
    await db.batch([effectRow(db, peopleEffects.of("mail.sign-in", `mail:sign-in:${id}`, { linkId: id }), now)]);
    drainSoon();
  }
}
