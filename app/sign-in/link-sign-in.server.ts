import { type AppLoadContext, redirect } from "react-router";
import * as z from "zod";
import type { Portal } from "~/kernel/audience";
import { homeOf, localPath, pageOf, signInPath } from "~/kernel/paths";
import { emailBehindRequest, emailBehindToken, pageBehindRequest, pageBehindToken, redeemCode } from "~/modules/people/links/redeem-link.server";
import { askForLink } from "~/modules/people/links/request-sign-in-link.server";
import { recordSignIn } from "~/modules/people/record-sign-in.server";
import { authenticatorFor } from "~/modules/people/strategies.server";
import { brandOfHost, organizationOfHost } from "~/platform/http/hosts.server";
import { networkBehind } from "~/platform/http/origin.server";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import type { Platform } from "~/platform/platform.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { brandOf } from "./brand.server";
import { completeSignIn } from "./complete-sign-in.server";

/** The steps of signing in by link: asking for the email, and entering the code from it. */
export const linkSteps = [
  z.object({ step: z.literal("ask"), email: z.string().trim().min(1, "Enter your email address.") }),
  z.object({ step: z.literal("code"), request: z.string(), digits: z.string().regex(/^\s*(\d\s*){6}$/, "Enter the 6-digit code from the email.") }),
] as const;
const SignInForm = z.discriminatedUnion("step", linkSteps);
type Open = { request: Request; platform: Platform; context: AppLoadContext };
const Nothing = z.object({});

/** Loader and action of sign-in by link and code, for customers and drivers. */
export function linkSignIn(portal: "customer" | "driver") {
  const loader = anyone.loader("the sign-in page", async ({ request, url, platform }) => {
    if (await sessionOf(platform, request, portal, { touch: false })) throw redirect(localPath(pageOf(portal, url.searchParams.get("to")), homeOf[portal]));
    return { brand: brandOf(await brandOfHost(platform, request)), asked: url.searchParams.get("request") };
  });

  const action = anyone.action("the sign-in page", SignInForm, (args) => answerLinkStep(portal, args));

  return { loader, action };
}

/** Runs one step of the sign-in, and answers with the error if it was refused. */
export async function answerLinkStep(portal: "customer" | "driver", { request, platform, context, form }: Open & { form: z.output<typeof SignInForm> }) {
  if (form.step === "code") {
    const signedIn = await redeemCode(platform, portal, form.request, form.digits);
    if (signedIn.ok) throw await completeSignIn({ context, request, portal, membership: signedIn.value, to: await pageBehindRequest(platform, form.request) });
    const linkOnly = signedIn.error.kind === "link-only";
    recordSignIn(context, {
      audience: portal,
      request,
      outcome: "refused",
      email: () => emailBehindRequest(platform, form.request),
      why: linkOnly ? "too many codes" : "wrong or old code",
    });
    if (linkOnly)
      return problem(429, {
        message: "Too many codes were typed for this address. Open the link in the mail instead: it still works.",
        values: { step: form.step },
      });
    return problem(401, {
      message: "That code didn't work. It may be mistyped, already used or older than 15 minutes.",
      fields: { digits: "Check the code, or ask for a new email." },
    });
  }
  const asked = await askForLink(context, {
    audience: portal,
    email: form.email,
    address: networkBehind(request),
    only: (await organizationOfHost(platform, request))?.id ?? null,
    to: new URL(request.url).searchParams.get("to"),
  });
  // Known and unknown addresses get the same answer, so that no one can probe for accounts.
  if (asked.ok) throw redirect(`${signInPath[portal]}?request=${asked.value}`);
  if (asked.error.kind === "not-an-email")
    return problem(422, { message: "Check the email address.", fields: { email: "Enter a valid email address." }, values: { email: form.email } });
  return problem(429, { message: "Too many emails were requested. Try again in 15 minutes." }, { "Retry-After": String(asked.error.retryAfterSeconds) });
}

/** Loader and action of the page behind an emailed link. Mail scanners open every link, so only the button redeems it. */
export function linkLanding(portal: Portal) {
  const loader = anyone.loader("the page behind an emailed link", async ({ request, platform }) => ({ brand: brandOf(await brandOfHost(platform, request)) }));

  const action = anyone.action("redeems an emailed link", Nothing, async ({ request, platform, context, params }) => {
    // The token is in the URL. The form was already read, and the strategy would clone it.
    const signedIn = await authenticatorFor(platform, portal).authenticate("link", new Request(request.url, { method: "POST" }));
    if (signedIn.ok)
      throw await completeSignIn({ context, request, portal, membership: signedIn.value, to: await pageBehindToken(platform, params.token ?? "") });
    recordSignIn(context, {
      audience: portal,
      request,
      outcome: "refused",
      email: () => emailBehindToken(platform, params.token ?? ""),
      why: "used or old link",
    });
    return problem(401, { message: "Sign-in links work once, within 15 minutes." });
  });

  return { loader, action };
}
