import { type AppLoadContext, redirect } from "react-router";
import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { homeOf, localPath, paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { endSession } from "~/modules/people/end-session.server";
import { rememberedBrowser } from "~/modules/people/known-browser.server";
import { chooserCookie } from "~/modules/people/organization-chooser.server";
import { recordSignIn, type SignInFacts } from "~/modules/people/record-sign-in.server";
import { factorCookie } from "~/modules/people/second-factor/factor-step.server";
import type { FoundSession, Membership } from "~/platform/directory/directory.server";
import { organizationOfHost } from "~/platform/http/hosts.server";
import type { Platform } from "~/platform/platform.server";
import { fromSession } from "~/platform/scope/scope.server";
import { type Shared, sessionOf, startSession } from "~/platform/sessions/sessions.server";

type SignInCompletion = {
  context: AppLoadContext;
  request: Request;
  portal: Portal;
  membership: Membership;
  to?: string | null;
  /** Steps already completed: the second factor, the choice of an organization. */
  done?: { factor?: true; organizationChosen?: true };
  shared?: Shared;
  /** When the person last proved their identity, if not just now but in the session that they switch from. */
  since?: UtcMs;
  facts?: SignInFacts;
};

/** The memberships that an account can sign in to on this host: all of them, or only those of the host's shop. */
export async function membershipsFor(platform: Pick<Platform, "directory">, request: Request, account: Id<"account">, portal: Portal): Promise<Membership[]> {
  return platform.directory.membershipsOf(account, portal, (await organizationOfHost(platform, request))?.id ?? null);
}

/** The account whose session may switch to another membership: a customer's own session. Not while viewing as someone, and not where a second factor may be asked. */
export const switchableAccount = ({ audience, kind, membership }: FoundSession): Id<"account"> | null =>
  audience === "customer" && kind === "personal" ? membership.accountId : null;

/** Whether there is another membership to switch to on this host. Asked with every page, so the host is looked up only for the few accounts that have one. */
export async function hasOtherMemberships(platform: Pick<Platform, "directory">, request: Request, session: FoundSession): Promise<boolean> {
  const account = switchableAccount(session);
  if (account === null) return false;
  const isMore = (places: readonly Membership[]) => places.some(({ id }) => id !== session.membership.id);
  return (
    isMore(await platform.directory.membershipsOf(account, session.audience, null)) &&
    isMore(await membershipsFor(platform, request, account, session.audience))
  );
}

/**
 * The last steps of every sign-in: the second factor after a password, the choice between memberships (only after the
 * identity is proved), then the session and the redirect to the requested page.
 */
export async function completeSignIn({ context, request, portal, membership, to, done = {}, shared, since, facts }: SignInCompletion): Promise<Response> {
  const { platform } = context;
  if ((portal === "staff" || portal === "vendor") && !done.factor) {
    const cookie = await factorCookie(platform, portal, membership);
    if (cookie) return redirect(paths.secondFactor(portal, to), { headers: { "Set-Cookie": cookie } });
  }
  const { accountId } = membership;
  // A shared device belongs to one shop, so its sign-ins do too.
  const settled = done.organizationChosen || shared || !accountId;
  if (!settled && (await membershipsFor(platform, request, accountId, portal)).length > 1)
    return redirect(paths.choose(portal, to), {
      headers: { "Set-Cookie": chooserCookie(request, platform.settings.linkKey, portal, accountId, platform.clock.now()) },
    });
  recordSignIn(context, { audience: portal, request, outcome: "accepted", membership, facts });
  const before = await sessionOf(platform, request, portal, { touch: false });
  const headers = new Headers({ "Set-Cookie": (await startSession(platform, request, membership, shared, since)).cookie });
  // The cookie is replaced: what it held before is not left open behind it.
  if (before) await endSession(context.servicesFor(fromSession(before, request)), before.id);
  const known = shared ? null : await rememberedBrowser(platform, request, membership);
  if (known) headers.append("Set-Cookie", known);
  return redirect(localPath(to, homeOf[portal]), { headers });
}
