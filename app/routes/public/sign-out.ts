import { redirect } from "react-router";
import * as z from "zod";
import { portals } from "~/kernel/audience";
import { paths, signInPath } from "~/kernel/paths";
import { endSession } from "~/modules/people/end-session.server";
import { stopView } from "~/modules/people/impersonation.server";
import { anyone } from "~/platform/http/public-guard.server";
import { forJob, fromSession } from "~/platform/scope/scope.server";
import { endPushHere } from "~/platform/sessions/push-cookie.server";
import { clearCookie } from "~/platform/sessions/session";
import { sessionOf } from "~/platform/sessions/sessions.server";

const SignOutForm = z.object({ as: z.enum(portals) });
export const action = anyone.action("ends the caller's own session", SignOutForm, async ({ request, platform, context, form }) => {
  const session = await sessionOf(platform, request, form.as, { touch: false });
  if (session?.kind === "impersonation") {
    const staff = await sessionOf(platform, request, "staff", { touch: false });
    const viewer =
      staff?.organization.id === session.organization.id ? fromSession(staff, request) : forJob(session.organization.id, "the end of a view", request);
    await stopView(context.servicesFor<"staff" | "job">(viewer), session);
    // Back to the page that started the view.
    const party = session.membership.partyId ?? "";
    throw redirect(form.as === "vendor" ? paths.staff.vendor(party) : paths.staff.customer(party), { headers: { "Set-Cookie": clearCookie(form.as) } });
  }
  if (session) await endSession(context.servicesFor(fromSession(session, request)), session.id);
  const headers = new Headers({ "Set-Cookie": clearCookie(form.as) });
  const noPush = await endPushHere(platform, request, form.as);
  if (noPush) headers.append("Set-Cookie", noPush);
  throw redirect(signInPath[form.as], { headers });
});

export const loader = anyone.loader("a typed URL redirects to the sign-in page", async () => {
  throw redirect(paths.login);
});
