import { type FormEvent, useState } from "react";
import { Form, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { changeOrganization } from "~/modules/organizations/change-organization.server";
import { decideColor, locales, whyCurrencyStays } from "~/modules/organizations/organization";
import { readOrganization } from "~/modules/organizations/organization.read.server";
import { BrandPreview, LogoForm } from "~/modules/organizations/organization.view";
import { currencies, petrol } from "~/modules/organizations/shop-details";
import { staff } from "~/platform/http/guards.server";
import { problem } from "~/platform/http/problem.server";
import { areDocumentsIssued } from "~/queries/staff/documents-issued.server";
import { Button } from "~/ui/button";
import { Field, Select } from "~/ui/field";
import { ErrorSummary, FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";

export const meta = () => [{ title: "Organization" }];

export const loader = staff.loader("organization:manage", async ({ services, session }) => {
  const [{ version, facts }, documentsIssued] = await Promise.all([readOrganization(services.db, session.organization), areDocumentsIssued(services.db)]);
  return {
    version,
    facts,
    logoUrl: facts.logo && paths.logo(session.organization.id, facts.logo),
    zones: Intl.supportedValuesOf("timeZone"),
    currencies: currencies(),
    currencyStays: whyCurrencyStays(facts.currency, documentsIssued),
  };
});

const OrganizationForm = z.object({
  version: z.coerce.number().int().min(1),
  name: z.string(),
  phone: z.string(),
  email: z.string(),
  brandColor: z.string(),
  zone: z.string(),
  locale: z.string(),
  distanceUnit: z.string(),
  currency: z.string(),
});

export const action = staff.action("organization:manage", OrganizationForm, async ({ services, session, form: { version, ...typed } }) => {
  const changed = await changeOrganization(services, { version, typed, row: session.organization, documentsIssued: await areDocumentsIssued(services.db) });
  if (changed.ok) return { problem: null, done: changed.value.changed ? "Saved. Portals, sign-in pages and mails show it now." : "Nothing was different." };
  if (changed.error.kind === "stale") {
    const { by, changes, version: newest, typed: both } = changed.error;
    return problem(409, {
      message: `${by} saved something meanwhile: ${changes}. Both are put together below; look at it and save again.`,
      values: { ...both, version: String(newest) },
    });
  }
  return problem(422, {
    message: "Check what is marked.",
    fields: Object.fromEntries(Object.entries(changed.error.fields).map(([name, message]) => [name, message ?? ""])),
    values: { ...typed, version: String(version) },
  });
});

export default function Organization() {
  const { version, facts, logoUrl, zones, currencies: choices, currencyStays } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const displayed = (name: Exclude<keyof typeof facts, "logo">): string => refusal?.values?.[name] ?? facts[name] ?? "";
  const field = (name: Exclude<keyof typeof facts, "logo">) => ({ name, defaultValue: displayed(name), error: refusal?.fields?.[name] });
  // A refusal or a save puts other values into the fields; until then they are the person's own.
  const from = `${version} ${refusal?.values?.version ?? ""} ${refusal?.message ?? ""}`;
  return (
    <>
      <PageHeader title="Organization" />
      <PageBody>
        {refusal?.fields ? (
          <ErrorSummary errors={refusal.fields} />
        ) : (
          refusal && <FormProblem problem={{ what: refusal.message, safe: "Nothing that you typed is lost." }} />
        )}
        {result && "done" in result && <Notice tone="green" title={result.done} />}
        <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,28rem)_minmax(0,20rem)] lg:grid-rows-[auto_1fr]">
          <LiveBrandPreview key={from} color={displayed("brandColor")} name={displayed("name")}>
            {(preview) => (
              <>
                <Form method="post" className="grid content-start gap-4 lg:row-span-2" noValidate onInput={preview.follow}>
                  <input type="hidden" name="version" value={refusal?.values?.version ?? version} />
                  <Field label="Shop name" {...field("name")} autoComplete="organization" required />
                  <Field label="Phone" {...field("phone")} type="tel" hint="How customers and drivers reach you; in every portal" />
                  <Field label="Email" {...field("email")} type="email" />
                  <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
                    <Field label="Brand color" {...field("brandColor")} hint="Buttons, links and the top edge of portals and mails" spellCheck={false} />
                    <ColorWell color={preview.color} />
                  </div>
                  {preview.nearest && (
                    <Notice tone="amber" title={`${preview.color} is too light to read.`}>
                      <p>White words on it, and words in it on white, fall below what everybody can read.</p>
                      <p className="mt-1 flex items-center gap-2">
                        <span aria-hidden="true" className="size-[1.5em] rounded-plate" style={{ background: preview.nearest }} />
                        {/* After the field, so that its value is the one that counts. */}
                        <Button type="submit" name="brandColor" value={preview.nearest}>
                          Use {preview.nearest} and save
                        </Button>
                      </p>
                    </Notice>
                  )}
                  <Select label="Time zone" {...field("zone")} hint="Due days end at its midnight">
                    {withOwn(zones, facts.zone).map((zone) => (
                      <option key={zone}>{zone}</option>
                    ))}
                  </Select>
                  <Select label="Numbers and dates as in" {...field("locale")}>
                    {withOwn(Object.keys(locales), facts.locale).map((locale) => (
                      <option key={locale} value={locale}>
                        {locales[locale] ?? locale}
                      </option>
                    ))}
                  </Select>
                  <Select label="Distances in" {...field("distanceUnit")}>
                    <option value="mi">Miles</option>
                    <option value="km">Kilometers</option>
                  </Select>
                  {currencyStays ? (
                    <>
                      <input type="hidden" name="currency" value={facts.currency} />
                      <p>
                        <span className="block font-semibold">Currency</span>
                        {currencyStays}
                      </p>
                    </>
                  ) : (
                    <Select label="Currency" {...field("currency")} hint="Fixed for good with the first estimate or invoice that goes out">
                      {withOwn(choices, facts.currency).map((currency) => (
                        <option key={currency}>{currency}</option>
                      ))}
                    </Select>
                  )}
                  <div>
                    <SubmitButton pendingLabel="Saving">Save</SubmitButton>
                  </div>
                </Form>
                <Section title="As customers see it">
                  <BrandPreview color={preview.color} brand={{ name: preview.name, logoUrl }} />
                </Section>
              </>
            )}
          </LiveBrandPreview>
          <div className="grid content-start gap-6 lg:col-start-2">
            <LogoForm has={logoUrl !== null} />
          </div>
        </div>
      </PageBody>
    </>
  );
}

type Following = { color: string; name: string; nearest: string | null; follow(event: FormEvent<HTMLFormElement>): void };

/** Follows name and color as they are typed, for the preview and the check of contrast. */
function LiveBrandPreview({ color: first, name: firstName, children }: { color: string; name: string; children(preview: Following): JSX.Element }) {
  const [{ color, name }, setTyped] = useState({ color: first, name: firstName });
  const decided = decideColor(color);
  const nearest = !decided.ok && decided.error.kind === "unreadable" ? decided.error.nearest : null;
  return children({
    color,
    name,
    nearest,
    follow(event) {
      const form = new FormData(event.currentTarget);
      setTyped({ color: String(form.get("brandColor") ?? ""), name: String(form.get("name") ?? "") });
    },
  });
}

/** Picks the color by eye; what is picked stands in the field beside it, which is what is saved. */
function ColorWell({ color }: { color: string }) {
  return (
    <input
      type="color"
      aria-label="Color picker"
      value={/^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : petrol}
      onChange={({ currentTarget: { form, value } }) => {
        // Not by its name, which the offer of the nearest color has too.
        const field = form?.querySelector<HTMLInputElement>("#brandColor");
        if (!field) return;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }}
      className="h-(--target) w-14 cursor-pointer rounded-corner border border-control bg-panel p-1"
    />
  );
}

/** The shop's own value is always among the choices. */
const withOwn = (choices: readonly string[], own: string): readonly string[] => (choices.includes(own) ? choices : [own, ...choices]);
