import { type FormEvent, useState } from "react";
import { useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { changeOrganization } from "~/modules/organizations/change-organization.server";
import { decideColor, locales, whyCurrencyStays } from "~/modules/organizations/organization";
import { readOrganization } from "~/modules/organizations/organization.read.server";
import { BrandPreview, LogoForm } from "~/modules/organizations/organization.view";
import { currencies, petrol } from "~/modules/organizations/shop-details";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { areDocumentsIssued } from "~/queries/staff/documents-issued.server";
import { Button } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useFormResult } from "~/ui/use-form-result";

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

export const action = staff.commands({
  save: staff.command({
    permission: "organization:manage",
    form: z.object({
      version: seenVersion,
      name: z.string(),
      phone: z.string(),
      email: z.string(),
      address: z.string(),
      remitTo: z.string(),
      taxId: z.string(),
      paymentTerms: z.string(),
      brandColor: z.string(),
      zone: z.string(),
      locale: z.string(),
      distanceUnit: z.string(),
      currency: z.string(),
    }),
    run: async ({ services, session, form: { version, ...typed } }) =>
      changeOrganization(services, { version, typed, row: session.organization, documentsIssued: await areDocumentsIssued(services.db) }),
    done: ({ changed }) => (changed ? "Saved. Portals, sign-in pages and emails show it now." : "No changes to save."),
    drain: "before-answer",
    refusals: {
      stale: ({ by, changes, version, typed }) => ({
        status: 409,
        message: `${by} saved changes while you were editing: ${changes}. The form below combines both. Review it and save again.`,
        values: { ...typed, version: String(version) },
      }),
    },
  }),
});

export default function Organization() {
  const { version, facts, logoUrl, zones, currencies: choices, currencyStays } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const refusal = result?.problem;
  const saved = { ...facts, ...refusal?.values };
  const displayed = (name: Exclude<keyof typeof facts, "logo">): string => refusal?.values?.[name] ?? facts[name] ?? "";
  // The key changes after an error or a save, so the fields take new values; until then they keep what was typed.
  const from = `${version} ${refusal?.values?.version ?? ""} ${refusal?.message ?? ""}`;
  return (
    <>
      <PageHeader title="Organization" />
      <PageBody>
        <FormResult result={result} />
        <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,28rem)_minmax(0,20rem)] lg:grid-rows-[auto_1fr]">
          <LiveBrandPreview key={from} color={displayed("brandColor")} name={displayed("name")}>
            {(preview) => (
              <>
                <CommandForm<typeof action> intent="save" saved={saved} className="grid content-start gap-4 lg:row-span-2" onInput={preview.follow}>
                  <input type="hidden" name="version" value={refusal?.values?.version ?? version} />
                  <Field label="Shop name" name="name" autoComplete="organization" required />
                  <Field label="Phone" name="phone" type="tel" hint="How customers and drivers reach you, shown in every portal" />
                  <Field label="Email" name="email" type="email" />
                  <TextArea
                    label="Postal address"
                    name="address"
                    rows={3}
                    autoComplete="off"
                    hint="Printed under the shop's name on documents and emails; paste it as it goes on an envelope"
                  />
                  <TextArea label="Remit-to address" name="remitTo" rows={2} hint="Where checks and transfers go, if not to the address above" />
                  <Field label="Tax ID" name="taxId" hint="Such as an EIN or VAT number, printed on documents" />
                  <TextArea
                    label="Payment terms"
                    name="paymentTerms"
                    rows={2}
                    hint="Printed on estimates, invoices and statements, such as: 1.5% a month on late balances"
                  />
                  <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
                    <Field label="Brand color" name="brandColor" hint="Used for buttons, links and the top edge of portals and emails" spellCheck={false} />
                    <ColorWell color={preview.color} />
                  </div>
                  {preview.nearest && (
                    <Notice tone="amber" title={`${preview.color} is too light to read.`}>
                      <p>White text on it, and text in it on white, doesn't have enough contrast to read.</p>
                      <p className="mt-1 flex items-center gap-2">
                        <span aria-hidden="true" className="size-[1.5em] rounded-plate" style={{ background: preview.nearest }} />
                        {/* After the field, so that this button's value wins. */}
                        <Button type="submit" name="brandColor" value={preview.nearest}>
                          Use {preview.nearest} and save
                        </Button>
                      </p>
                    </Notice>
                  )}
                  <Select label="Time zone" name="zone" hint="Due dates end at midnight in this zone">
                    {withOwn(zones, facts.zone).map((zone) => (
                      <option key={zone}>{zone}</option>
                    ))}
                  </Select>
                  <Select label="Number and date format" name="locale">
                    {withOwn(Object.keys(locales), facts.locale).map((locale) => (
                      <option key={locale} value={locale}>
                        {locales[locale] ?? locale}
                      </option>
                    ))}
                  </Select>
                  <Select label="Distance unit" name="distanceUnit">
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
                    <Select label="Currency" name="currency" hint="Can't be changed after the first estimate or invoice is sent">
                      {withOwn(choices, facts.currency).map((currency) => (
                        <option key={currency}>{currency}</option>
                      ))}
                    </Select>
                  )}
                  <div>
                    <SubmitButton pendingLabel="Saving">Save</SubmitButton>
                  </div>
                </CommandForm>
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

/** Follows the name and color as they are typed, for the preview and the contrast check. */
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

/** A color picker. The picked color goes into the field next to it, and that field is saved. */
function ColorWell({ color }: { color: string }) {
  return (
    <input
      type="color"
      aria-label="Color picker"
      value={/^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : petrol}
      onChange={({ currentTarget: { form, value } }) => {
        // By id, because the button with the nearest color has the same name.
        const field = form?.querySelector<HTMLInputElement>("#brandColor");
        if (!field) return;
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }}
      className="h-(--target) w-14 cursor-pointer rounded-corner border border-control bg-panel p-1"
    />
  );
}

/** The choices, with the shop's own value added if it isn't among them. */
const withOwn = (choices: readonly string[], own: string): readonly string[] => (choices.includes(own) ? choices : [own, ...choices]);
