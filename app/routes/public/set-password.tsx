import { Form, Link, useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { passwordRefusalMessages } from "~/modules/people/passwords/password";
import { setPassword } from "~/modules/people/passwords/password-links.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { forJob } from "~/platform/scope/scope.server";
import { brandOf } from "~/sign-in/brand.server";
import { completeSignIn } from "~/sign-in/complete-sign-in.server";
import { Field } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { SignInShell } from "~/ui/sign-in-shell";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Choose a password" }];

const audienceIn = (text: string | undefined): "staff" | "vendor" => orNotFound(text === "staff" || text === "vendor" ? text : null);

export const loader = anyone.loader("the page behind an emailed link; the form redeems the link", async ({ request, params, platform }) => ({
  brand: brandOf(await brandOfHost(platform, request)),
  audience: audienceIn(params.audience),
}));

const PasswordForm = z.object({ password: z.string() });

export const action = anyone.action("redeems an emailed link", PasswordForm, async ({ request, params, platform, context, form }) => {
  const audience = audienceIn(params.audience);
  const roomsOf = (organizationId: Parameters<typeof forJob>[0]) => {
    const { fleet, board } = context.servicesFor(forJob(organizationId, "new password"));
    return [fleet, board];
  };
  const set = await setPassword(platform, roomsOf, { audience, token: params.token ?? "", password: form.password });
  // A second factor stays on, because reading the email doesn't prove having the phone.
  if (set.ok) throw await completeSignIn({ context, request, portal: audience, membership: set.value, done: { organizationChosen: true } });
  if (set.error.kind === "spent") return problem(401, { message: "This link has been used or has expired." });
  return problem(422, { message: "Choose another password.", fields: { password: passwordRefusalMessages[set.error.kind] } });
});

export default function SetPassword() {
  const { brand, audience } = useLoaderData<typeof loader>();
  const refusal = useFormResult<typeof action>()?.problem;
  const isUsedUp = refusal && !refusal.fields;
  return (
    <SignInShell brand={brand} title="Choose a password" lead="A short sentence works well: it's long and easy to remember.">
      {isUsedUp ? (
        <>
          <FormProblem problem={{ what: refusal.message, todo: "Ask for a new one." }} />
          <Link to={paths.forgotPassword(audience)} className="text-accent underline">
            Ask for a new link
          </Link>
        </>
      ) : (
        <Form method="post" className="grid gap-4" noValidate>
          {refusal && <FormProblem problem={{ what: refusal.message }} />}
          <Field
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint="At least 10 characters. Saving signs you out everywhere else."
            error={refusal?.fields?.password}
            required
          />
          <SubmitButton pendingLabel="Saving" wide>
            Save password
          </SubmitButton>
        </Form>
      )}
    </SignInShell>
  );
}
