import { Form, Link, redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { formatWait } from "~/kernel/format-wait";
import { homeOf, paths } from "~/kernel/paths";
import { recordSignIn } from "~/modules/people/record-sign-in.server";
import { endFactorStep, type PasswordPortal, pendingSignIn, tryFactor } from "~/modules/people/second-factor/factor-step.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import type { Platform } from "~/platform/platform.server";
import { brandOf } from "~/sign-in/brand.server";
import { completeSignIn } from "~/sign-in/complete-sign-in.server";
import { Field } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { SignInShell } from "~/ui/sign-in-shell";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Sign in" }];

/** The pending sign-in of this browser; without one it goes back to the sign-in page. */
async function stepIn(platform: Platform, request: Request, given: string | undefined) {
  const portal: PasswordPortal = orNotFound(given === "staff" || given === "vendor" ? given : null);
  const pending = await pendingSignIn(platform, request, portal);
  if (!pending) throw redirect(homeOf[portal]);
  return { portal, pending };
}

export const loader = anyone.loader("checks the pending sign-in's cookie itself", async ({ request, params, url, platform }) => {
  const { portal } = await stepIn(platform, request, params.portal);
  return { brand: brandOf(await brandOfHost(platform, request)), portal, to: url.searchParams.get("to"), recovery: url.searchParams.has("recovery") };
});

const CodeForm = z.object({ digits: z.string().trim().min(1, "Enter the code.").max(40, "That code is too long. Check it.") });

export const action = anyone.action("checks the pending sign-in's cookie itself", CodeForm, async ({ request, params, url, platform, context, form }) => {
  const { portal, pending } = await stepIn(platform, request, params.portal);
  const proved = await tryFactor(platform, request, pending, form.digits);
  if (proved.ok) {
    const signedIn = await completeSignIn({ context, request, portal, membership: pending.membership, to: url.searchParams.get("to"), done: { factor: true } });
    signedIn.headers.append("Set-Cookie", endFactorStep);
    throw signedIn;
  }
  const tooOften = proved.error.kind === "too-often" ? proved.error.retryAfterSeconds : null;
  recordSignIn(context, {
    audience: portal,
    request,
    outcome: "refused",
    email: pending.account.email,
    why: tooOften === null ? "wrong second factor" : "too many codes",
    proven: true,
  });
  if (tooOften !== null) return problem(429, { message: `Too many codes. ${formatWait(tooOften)}` }, { "Retry-After": String(tooOften) });
  return problem(401, {
    message: "That code didn't work. Each code works once, and only for 30 seconds.",
    fields: { digits: "Enter the code that your app shows now." },
  });
});

export default function SecondFactor() {
  const { brand, portal, to, recovery } = useLoaderData<typeof loader>();
  const refusal = useFormResult<typeof action>()?.problem;
  const app = paths.secondFactor(portal, to);
  const other = recovery ? app : `${app}${to ? "&" : "?"}recovery`;
  return (
    <SignInShell
      brand={brand}
      title="Second factor"
      lead={recovery ? "Enter one of the recovery codes you wrote down. Each code works once." : "Enter the code that your authenticator app shows."}
    >
      <Form key={String(recovery)} method="post" className="grid gap-4" noValidate>
        {refusal && <FormProblem problem={{ what: refusal.message }} />}
        {recovery ? (
          <Field
            label="Recovery code"
            name="digits"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={refusal && "Check the code."}
            required
          />
        ) : (
          <Field label="6-digit code" name="digits" inputMode="numeric" autoComplete="one-time-code" error={refusal?.fields?.digits} required />
        )}
        <SubmitButton pendingLabel="Signing in" wide>
          Sign in
        </SubmitButton>
      </Form>
      <Link to={other} className="inline-flex min-h-(--target) items-center text-accent underline">
        {recovery ? "Use the app's code" : "Use a recovery code"}
      </Link>
    </SignInShell>
  );
}
