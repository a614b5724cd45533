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

/** The steps of a door that mails a link: asking for the mail, and typing the code that stands in it. */
export const linkSteps = [
  z.object({ step: z.literal("ask"), email: z.string().trim().min(1, "Type your email address.") }),
  z.object({ step: z.literal("code"), request: z.string(), digits: z.string().regex(/^\s*(\d\s*){6}$/, "The code has 6 digits. It stands in the mail.") }),
] as const;
const SignInForm = z.discriminatedUnion("step", linkSteps);
type Open = { request: Request; platform: Platform; context: AppLoadContext };
const Nothing = z.object({});

/** Loader and action of a door that mails a link and a code: customers' and drivers'. */
export function linkSignIn(portal: "customer" | "driver") {
  const loader = anyone.loader("the sign-in page", async ({ request, url, platform }) => {
    if (await sessionOf(platform, request, portal, { touch: false })) throw redirect(localPath(pageOf(portal, url.searchParams.get("to")), homeOf[portal]));
    return { brand: brandOf(await brandOfHost(platform, request)), asked: url.searchParams.get("request") };
  });

  const action = anyone.action("the sign-in page", SignInForm, (args) => answerLinkStep(portal, args));

  return { loader, action };
}

/** Takes one step of the door, and answers why where it is refused. */
export async function answerLinkStep(portal: "customer" | "driver", { request, platform, context, form }: Open & { form: z.output<typeof SignInForm> }) {
  if (form.step === "code") {
    const signedIn = await redeemCode(platform, portal, form.request, form.digits);
    if (signedIn.ok) throw await completeSignIn({ context, request, portal, membership: signedIn.value, to: await pageBehindRequest(platform, form.request) });
    const linkOnly = signedIn.error.kind === "link-only";
    recordSignIn(context, {
      audience: portal,
      request,
      outcome: "sign-in refused",
      email: () => emailBehindRequest(platform, form.request),
      why: linkOnly ? "too many codes" : "wrong or old code",
    });
    if (linkOnly)
      return problem(429, {
        message: "Too many codes were typed for this address. Open the link in the mail instead: it still works.",
        values: { step: form.step },
      });
    return problem(401, {
      message: "This code does not open the door. It may be mistyped, used or older than 15 minutes.",
      fields: { digits: "Check the code, or ask for a new mail." },
    });
  }
  const asked = await askForLink(context, {
    audience: portal,
    email: form.email,
    address: networkBehind(request),
    only: (await organizationOfHost(platform, request))?.id ?? null,
    to: new URL(request.url).searchParams.get("to"),
  });
  // Known or not, the answer is one and the same: a mail is on its way if the address may come in.
  if (asked.ok) throw redirect(`${signInPath[portal]}?request=${asked.value}`);
  if (asked.error.kind === "not-an-email")
    return problem(422, { message: "Check the address.", fields: { email: "That is not an email address." }, values: { email: form.email } });
  return problem(429, { message: "Too many mails were asked for. Wait a quarter of an hour." }, { "Retry-After": String(asked.error.retryAfterSeconds) });
}

/**
 * Loader and action of the page behind a mailed link. Mail scanners open every link: so opening it does
 * nothing, and the button spends it.
 */
export function linkLanding(portal: Portal) {
  const loader = anyone.loader("the page behind a mailed link", async ({ request, platform }) => ({ brand: brandOf(await brandOfHost(platform, request)) }));

  const action = anyone.action("spends a mailed link", Nothing, async ({ request, platform, context, params }) => {
    // The token stands in the address; the form was read already, and the strategy would clone it.
    const signedIn = await authenticatorFor(platform, portal).authenticate("link", new Request(request.url, { method: "POST" }));
    if (signedIn.ok)
      throw await completeSignIn({ context, request, portal, membership: signedIn.value, to: await pageBehindToken(platform, params.token ?? "") });
    recordSignIn(context, {
      audience: portal,
      request,
      outcome: "sign-in refused",
      email: () => emailBehindToken(platform, params.token ?? ""),
      why: "used or old link",
    });
    return problem(401, { message: "This link is used up or older than 15 minutes." });
  });

  return { loader, action };
}
