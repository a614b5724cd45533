import { redirect } from "react-router";
import * as z from "zod";
import { homeOf } from "~/kernel/paths";
import { parseCode, parsePin } from "~/modules/drivers/driver";
import { aboutRefusedPin, pinAuthenticator, pinPlaceOf } from "~/modules/drivers/sign-in-with-pin.server";
import { recordSignIn } from "~/modules/people/record-sign-in.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { brandOf } from "./brand.server";
import { completeSignIn } from "./complete-sign-in.server";
import { answerLinkStep, linkSteps } from "./link-sign-in.server";

const digits = (parse: (text: string) => string | null, message: string) =>
  z.string().transform((text, asked) => {
    const read = parse(text);
    if (read === null) asked.addIssue(message);
    return read ?? z.NEVER;
  });
const SignInForm = z.discriminatedUnion("step", [
  ...linkSteps,
  z.object({
    step: z.literal("pin"),
    code: digits(parseCode, "Enter the 4 to 8 digit code you got from the shop."),
    pin: digits(parsePin, "Enter your 6-digit PIN."),
  }),
]);

/** Loader and action of the driver sign-in: by emailed link anywhere, by code and PIN on the shop's tablets. */
export function driverSignIn() {
  const loader = anyone.loader("the sign-in page", async ({ request, url, platform }) => {
    if (await sessionOf(platform, request, "driver", { touch: false })) throw redirect(homeOf.driver);
    const place = await pinPlaceOf(platform, request);
    return {
      brand: brandOf(place?.organization ?? (await brandOfHost(platform, request))),
      asked: url.searchParams.get("request"),
      /** Whether code and PIN work here, and on which of the shop's tablets. */
      pin: place && { tablet: place.tablet?.label ?? null },
    };
  });

  const action = anyone.action("the sign-in page", SignInForm, async ({ request, platform, context, form }) => {
    if (form.step !== "pin") return answerLinkStep("driver", { request, platform, context, form });
    const place = await pinPlaceOf(platform, request);
    if (!place)
      return problem(403, {
        message: "Code and PIN work only on the shop's tablets. Use the emailed link here, or ask the shop.",
        values: { step: form.step },
      });
    // The strategy reads the form again from a request, and ours was already read.
    const again = new Request(request.url, { method: "POST", headers: request.headers, body: new URLSearchParams(form) });
    again.headers.set("Content-Type", "application/x-www-form-urlencoded");
    const signedIn = await pinAuthenticator(context, place).authenticate("pin", again);
    if (signedIn.ok)
      throw await completeSignIn({
        context,
        request,
        portal: "driver",
        membership: signedIn.value,
        shared: { kind: "shared", tabletId: place.tablet?.id ?? null },
        facts: { name: signedIn.value.name, code: form.code, ...(place.tablet ? { tablet: place.tablet.label } : {}) },
      });
    recordSignIn(context, { audience: "driver", request, outcome: "refused", find: () => aboutRefusedPin(context, place, form.code, signedIn.error) });
    const values = { step: form.step, code: form.code };
    if (signedIn.error.kind === "wrong") return problem(401, { message: "Code and PIN don't match, or you can't sign in here.", values });
    const { retryAfterSeconds } = signedIn.error;
    const message = `Too many wrong attempts. For the next ${Math.ceil(retryAfterSeconds / 60)} min, use the emailed link.`;
    return problem(429, { message, values }, { "Retry-After": String(retryAfterSeconds) });
  });

  return { loader, action };
}
