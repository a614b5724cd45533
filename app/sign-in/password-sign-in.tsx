import { Form, Link } from "react-router";
import { paths } from "~/kernel/paths";
import type { ShopBrand } from "~/ui/brand-mark";
import { Field } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { SignInShell } from "~/ui/sign-in-shell";

type Problem = { message: string; fields?: Record<string, string>; values?: Record<string, string> };
type Props = { as: "staff" | "vendor"; brand: ShopBrand; title: string; lead: string; problem: Problem | undefined };

/** The sign-in form for email and password. */
export function PasswordSignIn({ as, brand, title, lead, problem }: Props) {
  const fields = problem?.fields;
  return (
    <SignInShell brand={brand} title={title} lead={lead}>
      <Form method="post" className="grid gap-4" noValidate>
        {fields ? <ErrorSummary errors={fields} /> : problem && <FormProblem problem={{ what: problem.message }} />}
        <Field label="Email" name="email" type="email" autoComplete="username" defaultValue={problem?.values?.email} error={fields?.email} required />
        <Field label="Password" name="password" type="password" autoComplete="current-password" error={fields?.password} required />
        <SubmitButton pendingLabel="Signing in" wide>
          Sign in
        </SubmitButton>
      </Form>
      <Link to={paths.forgotPassword(as)} className="inline-flex min-h-(--target) items-center text-accent underline">
        Forgot your password?
      </Link>
    </SignInShell>
  );
}
