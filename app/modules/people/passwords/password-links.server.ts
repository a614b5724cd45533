import type { AppLoadContext } from "react-router";
import type { Effect } from "~/kernel/effects";
import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, HOUR, later, MINUTE } from "~/kernel/time";
import { hashPassword } from "~/platform/crypto.server";
import { effectRow } from "~/platform/database/journal.server";
import type { Directory, Membership } from "~/platform/directory/directory.server";
import { forJob } from "~/platform/scope/scope.server";
import { parseEmail } from "../email";
import { codeHash, passwordToken, tokenHash } from "../links/sign-in-secrets.server";
import { peopleEffects } from "../people.effects";
import { checkPassword, type PasswordRefusal } from "./password";

const INVITATION = 72 * HOUR;
const RESET = HOUR;
const WINDOW = 15 * MINUTE;
const MAILS_PER_ACCOUNT = 3;
const ASKS_PER_ADDRESS = 30;

type Needs = { directory: Directory; clock: Clock; settings: { linkKey: string } };
type For = { audience: "staff" | "vendor"; email: string; accountId: Id<"account">; organizationId: Id<"organization"> };

/** The outbox effect of a link's mail. It holds only the link's id; the secrets are derived from it. */
export const passwordMail = (linkId: Id<"link">, reason: "invitation" | "reset"): Effect =>
  peopleEffects.of("mail.set-password", `mail:password:${linkId}`, { linkId, reason });

/** Creates a link to choose a password: valid for 72 hours as an invitation, one hour as a reset. */
export async function newPasswordLink(s: Needs, person: For, reason: "invitation" | "reset"): Promise<Id<"link">> {
  const now = s.clock.now();
  const id = newId("link", now);
  await s.directory.addSignInLink({
    id,
    purpose: "set-password",
    tokenHash: tokenHash(passwordToken(s.settings.linkKey, person.audience, id)),
    // Password links have no code to type, so this hash can't be matched.
    codeHash: codeHash(s.settings.linkKey, id, id),
    ...person,
    attemptsLeft: 0,
    createdAt: now,
    expiresAt: later(now, reason === "invitation" ? INVITATION : RESET),
  });
  return id;
}

type Ask = { audience: "staff" | "vendor"; email: string; address: string; only: Id<"organization"> | null };

/** Mails a reset link if the address can sign in to this portal. The response is the same if it can't. */
export async function askForReset(
  { platform, servicesFor }: AppLoadContext,
  ask: Ask,
): Promise<Result<null, { kind: "not-an-email" } | { kind: "too-often" }>> {
  const { directory, clock } = platform;
  const email = parseEmail(ask.email);
  if (!email) return err({ kind: "not-an-email" });
  const now = clock.now();
  const [mails, asks] = await Promise.all([
    directory.countAttempt([`reset ${ask.audience} ${email}`], WINDOW, now),
    directory.countAttempt([`reset-from ${ask.address}`], WINDOW, now),
  ]);
  if (asks > ASKS_PER_ADDRESS) return err({ kind: "too-often" });
  // After the response, so that timing doesn't reveal whether an address is known.
  if (mails <= MAILS_PER_ACCOUNT) platform.afterAnswer(() => send(email));
  return ok(null);

  async function send(address: string): Promise<void> {
    const account = await directory.account(address);
    const [membership] = account ? await directory.membershipsOf(account.id, ask.audience, ask.only) : [];
    if (!account || !membership) return;
    const { organizationId } = membership;
    const linkId = await newPasswordLink(platform, { audience: ask.audience, email: address, accountId: account.id, organizationId }, "reset");
    const { db, drainSoon } = servicesFor(forJob(organizationId, "password reset"));
    await db.batch([effectRow(db, passwordMail(linkId, "reset"), now)]);
    drainSoon();
  }
}

export type SetPasswordRefusal = PasswordRefusal | { kind: "spent" };
type Rooms = (organizationId: Id<"organization">) => readonly { closeTagged(tag: string): Promise<number> }[];

/** Uses up the link, sets the password and ends all sessions of the account. Returns the account to sign in. */
export async function setPassword(
  s: Needs & { settings: { passwordPepper: string } },
  roomsOf: Rooms,
  input: { audience: "staff" | "vendor"; token: string; password: string },
): Promise<Result<Membership, SetPasswordRefusal>> {
  const checked = checkPassword(input.password);
  if (!checked.ok) return checked;
  const now = s.clock.now();
  const link = await s.directory.redeemLink("set-password", input.audience, tokenHash(input.token), now);
  if (!link?.accountId) return err({ kind: "spent" });
  const ended = await s.directory.setPassword(link.accountId, await hashPassword(checked.value, s.settings.passwordPepper), now);
  for (const session of ended) await Promise.all(roomsOf(session.organizationId).map((room) => room.closeTagged(`session:${session.id}`)));
  const memberships = await s.directory.membershipsOf(link.accountId, input.audience, null);
  const membership = memberships.find(({ organizationId }) => organizationId === link.organizationId);
  return membership ? ok(membership) : err({ kind: "spent" });
}
