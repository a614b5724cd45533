import { type FormEvent, useState } from "react";
import { useLoaderData } from "react-router";
import * as z from "zod";
import { toCents } from "~/kernel/money";
import { termNames, terms } from "~/kernel/payment-terms";
import { err } from "~/kernel/result";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { lineClasses } from "~/modules/organizations/shop-rules/charges";
import { classLabels, describeNewRules, MOST_MARKUPS, MOST_RATES, rulesOf, typedOf, workedExample } from "~/modules/organizations/shop-rules/rates-form";
import { remindBefores, remindMosts, usualRate } from "~/modules/organizations/shop-rules/shop-rules";
import { readShopRules, readShopRulesAt } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid } from "~/platform/http/refusals.server";
import { CommandForm } from "~/ui/command-form";
import { Field, Select, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Rates and taxes" }];

export const loader = staff.loader("shop-rules:manage", async ({ services }) => {
  const { version, rules } = await readShopRules(services.db);
  return { version, rules };
});

export const action = staff.commands({
  save: staff.command({
    permission: "shop-rules:manage",
    form: z.object({ seen: seenVersion }).catchall(z.string()),
    async run({ services, scope, form: { seen, ...typed } }) {
      const rules = rulesOf(typed);
      if (!rules.ok) return err(invalid(rules.error));
      const saved = await changeShopRules(services, { seen, rules: rules.value });
      if (saved.ok) return saved;
      const [newest, base] = await Promise.all([readShopRules(services.db), readShopRulesAt(services.db, seen)]);
      const changes = describeNewRules(base.rules, newest.rules, scope.organization.currency, scope.organization.locale).join("; ");
      return err({ kind: "overtaken" as const, changes, values: { ...typed, intent: "save", seen: String(newest.version) } });
    },
    done: "Rates saved. Completed, sent and issued documents keep their old prices.",
    refuse: ({ changes, values }) => ({
      status: 409,
      message: `Someone else just saved other rates: ${changes || "some were removed"}. Your entries are still here; save again to replace theirs.`,
      values,
    }),
  }),
});

export default function Rates() {
  const { version, rules } = useLoaderData<typeof loader>();
  const { money } = useFormat();
  const result = useFormResult<typeof action>();
  const refusal = result?.problem;
  const typed: Readonly<Record<string, string>> = refusal?.values ?? typedOf(rules);
  return (
    <>
      <PageHeader title="Rates and taxes" />
      <PageBody>
        <FormResult result={result} />
        {usualRate(rules) === 0 && (
          <Notice tone="amber" title={`An hour of labor is charged at ${money(toCents(0))}.`}>
            <p>Enter your rate below. Estimates and work orders use it.</p>
          </Notice>
        )}
        <RatesPage key={`${version} ${refusal?.message ?? ""} ${typed.seen ?? ""}`} seen={typed.seen ?? String(version)} first={typed} saved={rules} />
      </PageBody>
    </>
  );
}

type PageProps = {
  seen: string;
  first: Readonly<Record<string, string>>;
  saved: Parameters<typeof workedExample>[0];
};

function RatesPage({ seen, first, saved }: PageProps) {
  const { currency } = useFormat();
  const [typed, setTyped] = useState(first);
  const follow = (event: FormEvent<HTMLFormElement>) => {
    const now: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget)) if (typeof value === "string") now[name] = value;
    setTyped(now);
  };
  const filled = Array.from({ length: MOST_RATES }, (_, at) => at).filter((at) => typed[`rateName${at}`] || typed[`ratePrice${at}`]);
  const rows = Math.min(MOST_RATES, (filled.at(-1) ?? -1) + 2);
  const banded = Array.from({ length: MOST_MARKUPS }, (_, at) => at).filter((at) => typed[`markupUpTo${at}`] || typed[`markup${at}`]);
  const bands = Math.min(MOST_MARKUPS, (banded.at(-1) ?? -1) + 2);
  const read = rulesOf(typed);
  const example = workedExample(read.ok ? read.value : saved);
  const kind = typed.suppliesKind ?? "none";
  return (
    <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,32rem)_minmax(0,22rem)]">
      <CommandForm<typeof action> intent="save" saved={first} className="grid content-start gap-6" onInput={follow}>
        <input type="hidden" name="seen" value={seen} />
        <Section title="Labor rates">
          <p className="text-ink-soft">The first rate is the default. Clear a rate's name and amount to remove it.</p>
          {Array.from({ length: rows }, (_, at) => at).map((at) => (
            <div key={at} className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-3">
              <Field label={at === 0 ? "Default rate" : `Rate ${at + 1}`} name={`rateName${at}`} autoComplete="off" />
              <Field label="Per hour" name={`ratePrice${at}`} figures unit={currency} autoComplete="off" />
            </div>
          ))}
        </Section>
        <Section title="Markup on parts">
          <p className="text-ink-soft">Parts with a cost but no price are sold at cost plus this markup. A band without a limit applies to everything above.</p>
          {Array.from({ length: bands }, (_, at) => at).map((at) => (
            <div key={at} className="grid grid-cols-2 gap-3">
              <Field label={at === 0 ? "Cost up to" : `Cost up to, band ${at + 1}`} name={`markupUpTo${at}`} figures unit={currency} autoComplete="off" />
              <Field label={at === 0 ? "Markup" : `Markup, band ${at + 1}`} name={`markup${at}`} figures unit="%" autoComplete="off" />
            </div>
          ))}
        </Section>
        <Section title="Markup on outside work">
          <p className="text-ink-soft">
            The default markup when you approve a vendor's invoice. You can change it per invoice. Work already on an order keeps its price.
          </p>
          <div className="max-w-40">
            <Field label="On a vendor's invoice" name="outsideMarkup" figures unit="%" autoComplete="off" />
          </div>
        </Section>
        <Section title="Authorization">
          <div className="grid gap-3 sm:grid-cols-2">
            <Field
              label="Standing sum"
              name="standingMost"
              hint="Work up to this total needs no estimate. A customer can have a sum of their own."
              figures
              unit={currency}
              autoComplete="off"
            />
            <Select label="Invoices with unauthorized work" name="overRule" hint="When more is billed than the customer authorized">
              <option value="ask">Ask for a reason</option>
              <option value="warn">Warn only</option>
              <option value="block">Block the invoice</option>
            </Select>
          </div>
        </Section>
        <Section title="Terms and credit">
          <div className="grid gap-3 sm:grid-cols-2">
            <Select label="Usual terms" name="usualTerms" hint="For customers without terms of their own">
              {termNames.map((name) => (
                <option key={name} value={name}>
                  {terms[name].label}
                </option>
              ))}
            </Select>
            <Select label="Over the credit limit or on hold" name="creditRule" hint="When an invoice with time to pay is issued">
              <option value="warn">Warn only</option>
              <option value="block">Only due on receipt</option>
            </Select>
            <Field
              label="Least part paid online"
              name="leastPart"
              hint="Customers may pay an invoice in parts of at least this. Leave empty if only the whole."
              figures
              unit={currency}
              autoComplete="off"
            />
            <Select label="Reminder before the due day" name="remindBefore" hint="Emailed to the customer while the invoice is open">
              <option value="none">None</option>
              {remindBefores.map((days) => (
                <option key={days} value={days}>
                  {days} days before
                </option>
              ))}
            </Select>
            <Select label="Reminder after the due day" name="remindLate" hint="Emailed while the invoice is open. Not to customers on credit hold.">
              <option value="none">None</option>
              <option value="weekly">Every week</option>
            </Select>
            <Select label="Weekly reminders end after" name="remindMost" hint="Then it's time to call.">
              {remindMosts.map((times) => (
                <option key={times} value={times}>
                  {times} reminders
                </option>
              ))}
            </Select>
          </div>
        </Section>
        <Section title="Tax">
          <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
            {lineClasses.map((of) => (
              <Field key={of} label={classLabels[of]} name={`tax-${of}`} figures unit="%" autoComplete="off" />
            ))}
          </div>
        </Section>
        <Section title="Shop supplies">
          <Select label="Charged" name="suppliesKind" hint="Rags, cleaner, small hardware and other items not listed as lines">
            <option value="none">Not charged</option>
            <option value="share">Percentage</option>
            <option value="flat">Flat amount per order</option>
          </Select>
          {/* Without JavaScript all of these fields show; those that don't belong to the choice are ignored. */}
          <div className={`grid gap-3 sm:grid-cols-3 ${kind === "share" ? "" : "hidden noscript:grid"}`}>
            <Select label="Percentage of" name="suppliesOf">
              <option value="both">Labor and parts</option>
              <option value="labor">Labor</option>
              <option value="parts">Parts</option>
            </Select>
            <Field label="Percentage" name="suppliesRate" figures unit="%" autoComplete="off" />
            <Field label="At most" name="suppliesMost" figures unit={currency} autoComplete="off" />
          </div>
          <div className={`max-w-40 ${kind === "flat" ? "" : "hidden noscript:grid"}`}>
            <Field label="Amount per order" name="suppliesAmount" figures unit={currency} autoComplete="off" />
          </div>
          <div className={kind === "none" ? "hidden noscript:grid" : ""}>
            <Switch label="Taxed like parts" name="suppliesTaxed" value="on" />
          </div>
        </Section>
        <div className="grid justify-items-start gap-1.5">
          <SubmitButton pendingLabel="Saving">Save rates and taxes</SubmitButton>
          <p className="text-small text-ink-soft">Open orders use the new rates. Completed, sent and issued documents keep their old prices.</p>
        </div>
      </CommandForm>
      <Section title="Example order">
        <Example {...example} />
        {!read.ok && <p className="text-small text-ink-soft">Based on the saved rates, because an entry above isn't valid yet.</p>}
      </Section>
    </div>
  );
}

function Example({ lines, charges }: ReturnType<typeof workedExample>) {
  const { money } = useFormat();
  const sum = "border-t border-line";
  return (
    <table className="w-full border-y border-line tabular-nums">
      <caption className="sr-only">Example with these rates</caption>
      <tbody>
        {lines.map(({ label, price }) => (
          <Row key={label} label={label} amount={money(price)} />
        ))}
        <Row label="Shop supplies" amount={money(charges.supplies)} />
        <Row label="Subtotal" amount={money(charges.subtotal)} className={sum} />
        <Row label="Tax" amount={money(charges.tax)} />
        <Row label="Total" amount={money(charges.total)} className={`${sum} font-semibold`} />
      </tbody>
    </table>
  );
}

function Row({ label, amount, className = "" }: { label: string; amount: string; className?: string }) {
  return (
    <tr className={className}>
      <th scope="row" className="py-1.5 text-left [font-weight:inherit]">
        {label}
      </th>
      <td className="py-1.5 text-right">{amount}</td>
    </tr>
  );
}
