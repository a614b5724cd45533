import { useLoaderData } from "react-router";
import * as z from "zod";
import { err } from "~/kernel/result";
import { changeOpeningHours } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { describeHours, hoursOf, hoursText, weekdays } from "~/modules/organizations/shop-rules/opening-hours";
import { openingHoursOf } from "~/modules/organizations/shop-rules/shop-rules";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid } from "~/platform/http/refusals.server";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Opening hours" }];

export const loader = staff.loader("shop-rules:manage", async ({ services, session }) => {
  const { version, rules } = await readShopRules(services.db);
  return { version, hours: hoursText(openingHoursOf(rules)), zone: session.organization.zone };
});

export const action = staff.commands({
  save: staff.command({
    permission: "shop-rules:manage",
    form: z.object({ seen: seenVersion }).catchall(z.string()),
    async run({ services, form: { seen, ...typed } }) {
      const hours = hoursOf(typed);
      if (!hours.ok) return err(invalid(hours.error));
      const saved = await changeOpeningHours(services, { seen, openingHours: hours.value });
      if (saved.ok) return saved;
      const newest = await readShopRules(services.db);
      const now = describeHours(openingHoursOf(newest.rules));
      return err({ kind: "overtaken" as const, now, values: { ...typed, intent: "save", seen: String(newest.version) } });
    },
    done: "Opening hours saved. Estimates that are already sent keep their times.",
    refuse: ({ now, values }) => ({
      status: 409,
      message: `Someone else just changed the shop's rules. It is ${now}. Your entries are still here; save again to replace that.`,
      values,
    }),
  }),
});

export default function OpeningHours() {
  const { version, hours, zone } = useLoaderData<typeof loader>();
  const refused = useRefusedForm<typeof action>()("save");
  const typed: Readonly<Record<string, string>> = refused?.typed ?? hours;
  const time = (name: string) => ({ name, type: "time", defaultValue: typed[name] ?? "", error: refused?.fields?.[name] });
  return (
    <>
      <PageHeader title="Opening hours" />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <p className="max-w-120 text-ink-soft">
          Estimates that want an answer within some shop hours count these. Clear both times of a day on which the shop is closed. Times in {zone}.
        </p>
        <CommandForm<typeof action> key={version} intent="save" className="grid max-w-120 gap-4">
          <input type="hidden" name="seen" value={typed.seen ?? version} />
          {weekdays.map((weekday, at) => (
            <fieldset key={weekday} className="grid grid-cols-[6.5rem_1fr_1fr] items-start gap-3">
              <legend className="sr-only">{weekday}</legend>
              <span aria-hidden className="pt-7 font-semibold">
                {weekday}
              </span>
              <Field label="Opens" id={`opens${at}`} {...time(`opens${at}`)} />
              <Field label="Closes" id={`closes${at}`} {...time(`closes${at}`)} />
            </fieldset>
          ))}
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </CommandForm>
      </PageBody>
    </>
  );
}
