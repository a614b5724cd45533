import type { ReactNode } from "react";
import { Form, Link } from "react-router";
import type { ShopBrand } from "~/ui/brand-mark";
import { Field } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { SignInShell } from "~/ui/sign-in-shell";

type Problem = { message: string; fields?: Record<string, string>; values?: Record<string, string> };
type SignInProps = {
  brand: ShopBrand;
  at: string;
  title: string;
  lead: string;
  asked: string | null;
  problem: Problem | undefined;
  density?: "portal" | "driver";
  /** Another way to sign in, shown before or after the email form. */
  other?: { first: boolean; form: ReactNode };
};

/** Signs in by emailed link: asks for the address, then for the code from the email, for people who read it on another device. */
export function LinkSignIn({ brand, at, title, lead, asked, problem, density, other }: SignInProps) {
  const fields = problem?.fields;
  const wrong = fields ? <ErrorSummary errors={fields} /> : problem && <FormProblem problem={{ what: problem.message }} />;
  if (asked) {
    return (
      <SignInShell
        brand={brand}
        density={density}
        title="Check your email"
        lead="If this address has access, an email with a link and a code is on its way. They work once, within 15 minutes."
      >
        <Form method="post" className="grid gap-4" noValidate>
          {wrong}
          <input type="hidden" name="step" value="code" />
          <input type="hidden" name="request" value={asked} />
          <Field label="6-digit code" name="digits" inputMode="numeric" autoComplete="one-time-code" maxLength={12} error={fields?.digits} required />
          <SubmitButton pendingLabel="Signing in" wide>
            Sign in
          </SubmitButton>
        </Form>
        <p className="text-ink-soft">
          Nothing after a minute? Check your spam folder, or{" "}
          <Link to={at} className="text-accent underline">
            ask again
          </Link>
          .
        </p>
      </SignInShell>
    );
  }
  return (
    <SignInShell brand={brand} density={density} title={title} lead={lead}>
      {other?.first && other.form}
      <Form method="post" className={other?.first ? "grid gap-4 border-t border-line pt-5" : "grid gap-4"} noValidate>
        {other?.first && <h2 className="text-lead">Sign in by email</h2>}
        {wrong}
        <input type="hidden" name="step" value="ask" />
        <Field label="Email" name="email" type="email" autoComplete="email" defaultValue={problem?.values?.email} error={fields?.email} required />
        <SubmitButton kind={other?.first ? "quiet" : "primary"} pendingLabel="Sending" wide>
          Email me a link
        </SubmitButton>
      </Form>
      {other && !other.first && other.form}
    </SignInShell>
  );
}

type LandingProps = { brand: ShopBrand; at: string; problem: Problem | undefined; density?: "portal" | "driver" };

export function LinkLanding({ brand, at, problem, density }: LandingProps) {
  return (
    <SignInShell
      brand={brand}
      density={density}
      title={problem ? "This link has been used or has expired" : "Sign in"}
      lead={problem ? undefined : "Press Continue to sign in on this device."}
    >
      {problem ? (
        <>
          <FormProblem problem={{ what: problem.message, todo: "Ask for a new one." }} />
          <Link to={at} className="text-accent underline">
            Ask for a new link
          </Link>
        </>
      ) : (
        <Form method="post">
          <SubmitButton pendingLabel="Signing in" wide>
            Continue
          </SubmitButton>
        </Form>
      )}
    </SignInShell>
  );
}
