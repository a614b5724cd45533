import { redirect } from "@remix-run/cloudflare";
import * as z from "zod";
import { faces } from "~/kernel/audience";
import { paths } from "~/kernel/paths";
import { endSession } from "~/modules/people/end-session.server";
import { anyone } from "~/platform/http/open.server";
import { fromSession } from "~/platform/scope/scope.server";
import { clearCookie } from "~/platform/sessions/session";
import { sessionOf } from "~/platform/sessions/sessions.server";

const SignOutForm = z.object({ as: z.enum(faces) });
const door = { staff: paths.login, customer: paths.customer.signIn, vendor: paths.vendor.signIn, driver: paths.driver.signIn };

export const action = anyone.action("ends the caller's own session", SignOutForm, async ({ request, platform, context, form }) => {
  const session = await sessionOf(platform, request, form.as, { touch: false });
  if (session) await endSession(context.servicesFor(fromSession(session)), session.id);
  throw redirect(door[form.as], { headers: { "Set-Cookie": clearCookie(form.as) } });
});

export const loader = anyone.loader("an address that was typed leads to the front page", async () => {
  throw redirect(paths.login);
});
