import { useLoaderData } from "react-router";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import type { action } from "./commands.server";
import type { PageData, Schedule } from "./data.server";

/** A document's renewal: the next date is the one that the new document names. */
export function Renewal({ schedule: { records, day } }: { schedule: Schedule }) {
  const { today, fresh } = useLoaderData<PageData>();
  return (
    <Section title="Renew">
      <CommandForm<typeof action> intent="renew" saved={{ day: today }} key={`${day}-${records.length}`} className="grid max-w-3xl gap-4">
        <input type="hidden" name="recordId" value={fresh.recordId} />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Renewed on" name="day" type="date" hint="When it was issued" />
          <Field label="Expires on" name="until" type="date" hint="As the new document has it" />
          <Field label="Note" name="note" hint="Such as the number of the document" />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving">Record renewal</SubmitButton>
        </div>
      </CommandForm>
    </Section>
  );
}
