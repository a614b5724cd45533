import { Form, redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { openShop } from "~/modules/customers/open-shop.server";
import { isSetupCode } from "~/modules/organizations/setup-code.server";
import { isCurrency, isSlug, isZone, NOT_A_CURRENCY, petrol } from "~/modules/organizations/shop-details";
import { checkPassword, passwordRefusalMessages } from "~/modules/people/passwords/password";
import { networkBehind } from "~/platform/http/origin.server";
import { problem, refuse } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import type { Platform } from "~/platform/platform.server";
import { forJob } from "~/platform/scope/scope.server";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { FormState } from "~/ui/form-state";
import { SignInShell } from "~/ui/sign-in-shell";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Set up BayTrack" }];

/** Available only while a set-up code is configured and no shop exists; otherwise answers 404. */
async function openSetup({ settings, directory }: Platform): Promise<string> {
  if (!settings.setupCode || !(await directory.isEmpty())) throw refuse(404, "Not found");
  return settings.setupCode;
}

export const loader = anyone.loader("sets up the first shop, protected by the set-up code", async ({ platform }) => {
  await openSetup(platform);
  return { zones: Intl.supportedValuesOf("timeZone") };
});

const SetupForm = z.object({
  setupCode: z.string().min(1, "Enter the set-up code."),
  shop: z.string().trim().min(2, "Enter the name of your shop.").max(80, "Use at most 80 characters."),
  slug: z.string().trim().refine(isSlug, "Use lowercase letters, digits and dashes, starting with a letter."),
  zone: z.string().refine(isZone, "Choose the shop's time zone."),
  units: z.enum(["mi", "km"]),
  currency: z.string().trim().toUpperCase().refine(isCurrency, NOT_A_CURRENCY),
  owner: z.string().trim().min(1, "Enter your name.").max(80, "Use at most 80 characters."),
  email: z.string().trim().min(1, "Enter your email address."),
  password: z.string().transform((text, asked) => {
    const checked = checkPassword(text);
    if (!checked.ok) asked.addIssue(passwordRefusalMessages[checked.error.kind]);
    return text;
  }),
});

export const action = anyone.action("sets up the first shop, protected by the set-up code", SetupForm, async ({ request, url, platform, context, form }) => {
  const code = await openSetup(platform);
  const attempts = await platform.directory.countAttempt([`setup ${networkBehind(request)}`], 900_000, platform.clock.now());
  if (attempts > 10) return problem(429, { message: "Too many attempts. Try again in 15 minutes." }, { "Retry-After": "900" });
  const { password: _, setupCode: typed, ...values } = form;
  if (!isSetupCode(typed, code))
    return problem(401, {
      message: "That set-up code is wrong.",
      fields: { setupCode: "npm start prints it. In production it is the secret SETUP_CODE." },
      values,
    });
  const opened = await openShop(
    { ...platform, databaseOf: (id) => context.servicesFor(forJob(id, "setup", request)).db },
    {
      details: {
        slug: form.slug,
        name: form.shop,
        plan: "free",
        zone: form.zone,
        locale: "en-US",
        currency: form.currency,
        distanceUnit: form.units,
        brandColor: petrol,
        phone: null,
        email: form.email,
      },
      publicOrigin: url.origin,
      hosts: [url.host],
      owner: { name: form.owner, email: form.email, password: form.password },
    },
  );
  if (!opened.ok) return problem(422, { message: "Check the email address.", fields: { email: "Enter a valid email address." }, values });
  throw redirect(paths.login);
});

export default function Setup() {
  const { zones } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const refusal = result?.problem;
  return (
    <SignInShell brand={{ name: "BayTrack" }} title="Set up your shop" lead="You need the set-up code. You become the shop's owner.">
      <Form method="post" className="grid gap-4" noValidate>
        <FormResult result={result} />
        <FormState.Provider
          value={{ saved: { zone: "America/Chicago", currency: "USD" }, typed: refusal?.values ?? null, fields: refusal?.fields ?? {}, blocked: null }}
        >
          <Field label="Set-up code" name="setupCode" required autoComplete="off" />
          <Field label="Shop name" name="shop" required autoComplete="organization" />
          <Field label="Short name" hint="Used in web addresses, for example harbor-diesel" name="slug" required autoCapitalize="none" />
          <Select label="Time zone" name="zone" required>
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Select>
          <Select label="Distance unit" name="units" required>
            <option value="mi">miles</option>
            <option value="km">kilometers</option>
          </Select>
          <Field label="Currency" name="currency" required maxLength={3} />
          <Field label="Your name" name="owner" required autoComplete="name" />
          <Field label="Email" name="email" required type="email" autoComplete="username" />
          <Field label="Password" name="password" type="password" autoComplete="new-password" hint="At least 10 characters" required />
          <SubmitButton pendingLabel="Setting up" wide>
            Set up shop
          </SubmitButton>
        </FormState.Provider>
      </Form>
    </SignInShell>
  );
}
