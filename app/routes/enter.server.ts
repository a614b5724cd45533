import { type AppLoadContext, redirect } from "@remix-run/cloudflare";
import type { Face } from "~/kernel/audience";
import { homeOf, ownPath, paths } from "~/kernel/paths";
import { choiceCookie } from "~/modules/people/choice.server";
import { factorCookie } from "~/modules/people/factor-step.server";
import { rememberedBrowser } from "~/modules/people/known-browser.server";
import { noteSignIn } from "~/modules/people/note-sign-in.server";
import type { Membership } from "~/platform/directory/directory.server";
import { organizationOfHost } from "~/platform/http/hosts.server";
import { type Shared, startSession } from "~/platform/sessions/sessions.server";

type Entry = {
  context: AppLoadContext;
  request: Request;
  face: Face;
  membership: Membership;
  to?: string | null;
  /** What this entry has behind it already: the code of a second factor, the choice of a shop. */
  done?: { factor?: true; choice?: true };
  shared?: Shared;
  facts?: Record<string, unknown>;
};

/**
 * The last steps through every door: the second factor where a password was the first, on a host of no shop the
 * choice between shops that know the person (after sign-in and never before), then the session and the page that
 * was asked for.
 */
export async function enter({ context, request, face, membership, to, done = {}, shared, facts }: Entry): Promise<Response> {
  const { platform } = context;
  if ((face === "staff" || face === "vendor") && !done.factor) {
    const cookie = await factorCookie(platform, face, membership);
    if (cookie) return redirect(paths.secondFactor(face, to), { headers: { "Set-Cookie": cookie } });
  }
  const { accountId } = membership;
  // A shared device belongs to one shop, and so does who comes in on it.
  const settled = done.choice || shared || !accountId || (await organizationOfHost(platform, request)) !== null;
  if (!settled && (await platform.directory.membershipsOf(accountId, face, null)).length > 1)
    return redirect(paths.choose(face), { headers: { "Set-Cookie": choiceCookie(platform.settings.linkKey, face, accountId, platform.clock.now()) } });
  noteSignIn(context, { audience: face, request, outcome: "signed in", membership, facts });
  const headers = new Headers({ "Set-Cookie": (await startSession(platform, request, membership, shared)).cookie });
  const known = shared ? null : await rememberedBrowser(platform, request, membership);
  if (known) headers.append("Set-Cookie", known);
  return redirect(ownPath(to, homeOf[face]), { headers });
}
