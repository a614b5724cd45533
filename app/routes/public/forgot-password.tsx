import { Form, Link, useLoaderData } from "react-router";
import * as z from "zod";
import { homeOf } from "~/kernel/paths";
import { askForReset } from "~/modules/people/passwords/password-links.server";
import { brandOfHost, organizationOfHost } from "~/platform/http/hosts.server";
import { networkBehind } from "~/platform/http/origin.server";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { brandOf } from "~/sign-in/brand.server";
import { Field } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { SignInShell } from "~/ui/sign-in-shell";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Reset password" }];

const audienceIn = (url: URL): "staff" | "vendor" => (url.searchParams.get("as") === "vendor" ? "vendor" : "staff");

export const loader = anyone.loader("for people who can't sign in", async ({ request, url, platform }) => ({
  brand: brandOf(await brandOfHost(platform, request)),
  signInPath: homeOf[audienceIn(url)],
}));

const ForgotForm = z.object({ email: z.string().trim().min(1, "Enter your email address.") });

export const action = anyone.action("for people who can't sign in", ForgotForm, async ({ request, url, platform, context, form }) => {
  const only = (await organizationOfHost(platform, request))?.id ?? null;
  const asked = await askForReset(context, { audience: audienceIn(url), email: form.email, address: networkBehind(request), only });
  if (asked.ok) return { problem: null };
  if (asked.error.kind === "not-an-email")
    return problem(422, { message: "Check the email address.", fields: { email: "Enter a valid email address." }, values: form });
  return problem(429, { message: "Too many emails were requested. Try again in 15 minutes." }, { "Retry-After": "900" });
});

export default function ForgotPassword() {
  const { brand, signInPath } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const refusal = result?.problem;
  return (
    <SignInShell brand={brand} title="Reset password" lead="We'll email you a link to choose a new password.">
      {result && !refusal ? (
        <Notice tone="green" title="Check your email">
          If this address has an account, a link is on its way. It works once, for one hour.
        </Notice>
      ) : (
        <Form method="post" className="grid gap-4" noValidate>
          {refusal && <FormProblem problem={{ what: refusal.message }} />}
          <Field
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={refusal?.values?.email}
            error={refusal?.fields?.email}
            required
          />
          <SubmitButton pendingLabel="Sending" wide>
            Email me a link
          </SubmitButton>
        </Form>
      )}
      <Link to={signInPath} className="inline-flex min-h-(--target) items-center text-accent underline">
        Back to sign-in
      </Link>
    </SignInShell>
  );
}
