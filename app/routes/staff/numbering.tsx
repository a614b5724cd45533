import { Form, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { moveNumbering } from "~/modules/organizations/numbering/change-numbering.server";
import { type Numbered, numbered, numberedKinds } from "~/modules/organizations/numbering/numbering";
import { readNextNumbers } from "~/modules/organizations/numbering/numbering.read.server";
import { staff } from "~/platform/http/guards.server";
import { problem } from "~/platform/http/problem.server";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = () => [{ title: "Numbering" }];

export const loader = staff.loader("shop-rules:manage", async ({ services, session }) => ({
  numbers: await readNextNumbers(services.db),
  shop: session.organization.name,
}));

const NextNumber = z.object({ kind: z.enum(numberedKinds as [Numbered, ...Numbered[]]), next: z.string() });

export const action = staff.action("shop-rules:manage", NextNumber, async ({ services, form }) => {
  const moved = await moveNumbering(services, { kind: form.kind, typed: form.next });
  if (moved.ok) return { problem: null, done: `The next ${numbered[form.kind].label} gets number ${moved.value}.` };
  return problem(422, {
    message: "Fix the highlighted fields.",
    fields: { [`next-${form.kind}`]: moved.error.message },
    values: { kind: form.kind, next: form.next },
  });
});

export default function Numbering() {
  const { numbers, shop } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
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
            const typed = refusal?.values?.kind === kind ? refusal.values.next : String(next);
            return (
              <li key={`${kind}-${next}`}>
                <Form method="post" className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3" noValidate>
                  <input type="hidden" name="kind" value={kind} />
                  <Field label={`Next ${numbered[kind].label}`} name="next" id={id} figures defaultValue={typed} error={refusal?.fields?.[id]} />
                  <SubmitButton kind="quiet" pendingLabel="Saving">
                    Set<span className="sr-only"> the next {numbered[kind].label}</span>
                  </SubmitButton>
                </Form>
              </li>
            );
          })}
        </ul>
      </PageBody>
    </>
  );
}
