import { useEffect, useRef } from "react";
import { Form, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import type { Problem } from "~/platform/http/problem.server";
import { driverSignIn } from "~/sign-in/driver-sign-in.server";
import { LinkSignIn } from "~/sign-in/link-sign-in";
import { Field } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Sign in" }];
export const loader = driverSignIn().loader;
export const action = driverSignIn().action;

export default function DriverSignIn() {
  const { brand, asked, pin } = useLoaderData<typeof loader>();
  const problem = useFormResult<typeof action>()?.problem;
  // The page has two forms, so an error is shown at the one that was sent.
  const ofPin = problem?.values?.step === "pin";
  const onTablet = typeof pin?.tablet === "string";
  return (
    <LinkSignIn
      brand={brand}
      at={paths.driver.signIn}
      title="Driver sign-in"
      lead={onTablet ? `This is ${pin.tablet}, a tablet at ${brand.name}.` : "Inspect your truck from your phone."}
      asked={asked}
      problem={ofPin ? undefined : problem}
      density="driver"
      other={{
        first: onTablet,
        form: pin ? (
          <PinForm problem={ofPin ? problem : undefined} main={onTablet} />
        ) : (
          <p className="border-t border-line pt-4 text-ink-soft">{ofPin ? problem.message : `A code and PIN from ${brand.name} work only on its tablets.`}</p>
        ),
      }}
    />
  );
}

/** For drivers without an email address, on a shared device, so the browser must not remember anything. */
function PinForm({ problem, main }: { problem: Problem | undefined; main: boolean }) {
  const fields = problem?.fields;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const pin = form.current?.elements.namedItem("pin");
    if (problem && pin instanceof HTMLInputElement) pin.value = "";
  }, [problem]);
  return (
    <Form ref={form} method="post" className={main ? "grid gap-4" : "grid gap-4 border-t border-line pt-5"} noValidate autoComplete="off">
      <div className="grid gap-1">
        <h2 className="text-lead">Sign in with code and PIN</h2>
        <p className="text-ink-soft">Get both from the shop.</p>
      </div>
      {fields ? <ErrorSummary errors={fields} /> : problem && <FormProblem problem={{ what: problem.message }} />}
      <input type="hidden" name="step" value="pin" />
      <Field
        label="Code"
        name="code"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        defaultValue={problem?.values?.code}
        error={fields?.code}
        required
      />
      <Field label="PIN" name="pin" type="password" inputMode="numeric" autoComplete="off" maxLength={12} error={fields?.pin} required />
      <SubmitButton kind={main ? "primary" : "quiet"} pendingLabel="Signing in" wide>
        Sign in
      </SubmitButton>
    </Form>
  );
}
