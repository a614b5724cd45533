import { redirect } from "react-router";
import * as z from "zod";
import type { Portal } from "~/kernel/audience";
import { formatWait } from "~/kernel/format-wait";
import { homeOf } from "~/kernel/paths";
import { parseEmail } from "~/modules/people/email";
import { recordSignIn } from "~/modules/people/record-sign-in.server";
import { authenticatorFor } from "~/modules/people/strategies.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { brandOf } from "./brand.server";
import { completeSignIn } from "./complete-sign-in.server";

const PasswordForm = z.object({
  email: z.string().trim().min(1, "Enter your email address."),
  password: z.string().min(1, "Enter your password."),
});

/** Loader and action of sign-in by email and password, for staff and vendors. */
export function passwordSignIn(portal: Portal) {
  const loader = anyone.loader("the sign-in page", async ({ request, platform }) => {
    if (await sessionOf(platform, request, portal, { touch: false })) throw redirect(homeOf[portal]);
    return { brand: brandOf(await brandOfHost(platform, request)) };
  });

  const action = anyone.action("the sign-in page", PasswordForm, async ({ request, url, platform, context, form }) => {
    // The strategy reads the form again from a request, and ours was already read.
    const again = new Request(request.url, { method: "POST", headers: request.headers, body: new URLSearchParams(form) });
    again.headers.set("Content-Type", "application/x-www-form-urlencoded");
    const signedIn = await authenticatorFor(platform, portal).authenticate("password", again);
    if (signedIn.ok) throw await completeSignIn({ context, request, portal, membership: signedIn.value, to: url.searchParams.get("to") });
    const email = parseEmail(form.email);
    recordSignIn(context, {
      audience: portal,
      request,
      outcome: "refused",
      email,
      why: signedIn.error.kind === "too-often" ? "too many tries" : "wrong password",
    });
    if (signedIn.error.kind === "too-often") {
      const { retryAfterSeconds } = signedIn.error;
      const message = `Too many attempts. ${formatWait(retryAfterSeconds)}`;
      return problem(429, { message, values: { email: form.email } }, { "Retry-After": String(retryAfterSeconds) });
    }
    return problem(401, { message: "Email and password don't match, or you can't sign in here.", values: { email: form.email } });
  });

  return { loader, action };
}
