import { type AppLoadContext, redirect } from "@remix-run/cloudflare";
import type { Face } from "~/kernel/audience";
import { homeOf, ownPath, paths } from "~/kernel/paths";
import { choiceCookie } from "~/modules/people/choice.server";
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
  shared?: Shared;
  facts?: Record<string, unknown>;
};

/**
 * The last step through every door: a session, and the page that was asked for. On a host of no shop a person
 * whom several shops know says which one it is, after sign-in and never before.
 */
export async function enter({ context, request, face, membership, to, shared, facts }: Entry): Promise<Response> {
  const { platform } = context;
  const host = await organizationOfHost(platform, request);
  const { accountId } = membership;
  // A shared device belongs to one shop, and so does who comes in on it.
  const all = host || shared || !accountId ? [membership] : await platform.directory.membershipsOf(accountId, face, null);
  if (accountId && all.length > 1)
    return redirect(paths.choose(face), { headers: { "Set-Cookie": choiceCookie(platform.settings.linkKey, face, accountId, platform.clock.now()) } });
  noteSignIn(context, { audience: face, request, outcome: "signed in", membership, facts });
  return redirect(ownPath(to, homeOf[face]), { headers: { "Set-Cookie": await startSession(platform, request, membership, shared) } });
}
