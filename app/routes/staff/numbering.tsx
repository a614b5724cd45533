import { useLoaderData } from "react-router";
import * as z from "zod";
import { moveNumbering } from "~/modules/organizations/numbering/change-numbering.server";
import { type Numbered, numbered, numberedKinds } from "~/modules/organizations/numbering/numbering";
import { readNextNumbers } from "~/modules/organizations/numbering/numbering.read.server";
import { staff } from "~/platform/http/guards.server";
import { onField } from "~/platform/http/refusals.server";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Numbering" }];

export const loader = staff.loader("shop-rules:manage", async ({ services, session }) => ({
  numbers: await readNextNumbers(services.db),
  shop: session.organization.name,
}));

export const action = staff.commands({
  set: staff.command({
    permission: "shop-rules:manage",
    form: z.object({ kind: z.enum(numberedKinds as [Numbered, ...Numbered[]]), next: z.string() }),
    run: ({ services, form }) => moveNumbering(services, { kind: form.kind, typed: form.next }),
    done: (moved, { form }) => `The next ${numbered[form.kind].label} gets number ${moved}.`,
    refusals: { "not-a-number": ({ message }) => onField("next", message) },
  }),
});

export default function Numbering() {
  const { numbers, shop } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  return (
    <>
      <PageHeader title="Numbering" />
      <PageBody>
        <FormResult result={result} />
        <p className="max-w-prose text-ink-soft">
          {shop} numbers each kind of document separately and without gaps. If you come from another system, continue where it stopped. Numbers only go up.
        </p>
        <ul className="grid max-w-120 gap-4">
          {numbers.map(({ kind, next }) => {
            const id = `next-${kind}`;
            return (
              <li key={`${kind}-${next}`}>
                <CommandForm<typeof action> intent="set" row={{ kind }} className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3">
                  <Field label={`Next ${numbered[kind].label}`} name="next" id={id} figures defaultValue={String(next)} />
                  <SubmitButton kind="quiet" pendingLabel="Saving">
                    Set<span className="sr-only"> the next {numbered[kind].label}</span>
                  </SubmitButton>
                </CommandForm>
              </li>
            );
          })}
        </ul>
      </PageBody>
    </>
  );
}
