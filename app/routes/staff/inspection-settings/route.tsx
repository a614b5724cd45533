import { useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { assetKinds } from "~/modules/assets/asset";
import { waitBounds } from "~/modules/inspections/alerts/alerts";
import { readInspectionSettings } from "~/modules/inspections/alerts/alerts.read.server";
import { changeInspectionSettings } from "~/modules/inspections/alerts/change-settings.server";
import { changeChecklist } from "~/modules/inspections/checklists/change-checklist.server";
import { partKeys } from "~/modules/inspections/checklists/checklist";
import { readChecklists } from "~/modules/inspections/checklists/checklists.read.server";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { onField, unreadable } from "~/platform/http/refusals.server";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { Checklists } from "./checklists";

export const meta = () => [{ title: "Inspection settings" }];

export const loader = staff.loader("organization:manage", async ({ services, session }) => ({
  wait: await readInspectionSettings(services.db),
  checklists: await readChecklists(services.db),
  shop: session.organization.name,
}));

export const action = staff.commands({
  save: staff.command({
    permission: "organization:manage",
    form: z.object({ version: seenVersion, hours: z.string() }),
    run: ({ services, form }) => changeInspectionSettings(services, { hours: form.hours, seen: form.version }),
    done: "Saved.",
    refusals: { "unreadable-hours": onField("hours", `Enter whole hours, from ${waitBounds.least} to ${waitBounds.most}.`) },
  }),
  checklist: staff.command({
    permission: "organization:manage",
    form: z.looseObject({ kind: z.enum(assetKinds), seen: seenVersion }),
    run: ({ services, form }) => changeChecklist(services, { kind: form.kind, seen: form.seen, parts: partKeys.filter((part) => `part-${part}` in form) }),
    done: "Saved. Phones take it with their next connection.",
    refusals: { "no-parts": unreadable("Choose at least one part.") },
  }),
});

export default function InspectionSettings() {
  const { wait, shop, checklists } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Inspection settings" />
      <PageBody>
        <FormResult result={useActionData<typeof action>()} />
        <p className="max-w-prose text-ink-soft">
          A defect stays open until {shop} certifies that it was repaired or needs no repair. Which customers have daily inspections is set with the customer.
        </p>
        <CommandForm<typeof action> intent="save" saved={{ hours: String(wait.hours) }} className="grid max-w-96 gap-4">
          <input type="hidden" name="version" value={wait.version} />
          <Field label="Notify us of a defect that isn't certified after" name="hours" unit="hours" figures />
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </CommandForm>
        <Checklists checklists={checklists} />
      </PageBody>
    </>
  );
}
