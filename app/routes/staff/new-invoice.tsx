import { Form, redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { type DraftRefusal, draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { readReadyWork } from "~/queries/staff/ready-to-invoice.server";
import { Empty } from "~/ui/empty";
import { FormProblem, SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "New invoice" }];

export const loader = staff.loader("invoice:write", async ({ services, url }) => {
  const customerId = orNotFound(parseId("customer", url.searchParams.get("customer")));
  // A draft opened from an order starts with that order and nothing else.
  const only = parseId("workOrder", url.searchParams.get("order"));
  const group = await readReadyWork(services.db, customerId);
  const chosen = group?.orders.some(({ id }) => id === only) ? [only] : (group?.orders.map(({ id }) => id) ?? []);
  return { group, chosen, fresh: newId("invoice", services.clock.now()) };
});

/** The draft's own id, and a field per checked order, named by the order's id. */
const DraftForm = z.object({ id: z.string() }).catchall(z.string());

export const action = staff.action("invoice:write", DraftForm, async ({ services, form, url }) => {
  const id = parseId("invoice", form.id);
  const customerId = orNotFound(parseId("customer", url.searchParams.get("customer")));
  if (!id) return problem(422, { message: "Something was missing from that form. Reload the page and try again." });
  const orders = Object.keys(form).flatMap((name) => parseId("workOrder", name) ?? []);
  const drafted = await draftInvoice(services, { id, customerId, orders });
  if (drafted.ok) throw redirect(paths.staff.invoice(id));
  return problem(drafted.error.kind === "not-found" ? 404 : 409, { message: refusalMessage(drafted.error) });
});

function refusalMessage(refusal: DraftRefusal): string {
  switch (refusal.kind) {
    case "no-orders":
      return "Select at least one order.";
    case "too-many":
      return "An invoice takes at most 50 orders. Clear some and try again.";
    case "not-found":
      return "One of these orders belongs to another customer. Reload the page.";
    case "own-fleet":
      return "This is the shop's own fleet. Its repairs aren't invoiced.";
    case "id-taken":
      return "This form was already used for another invoice. Reload the page and try again.";
    case "order-taken":
      return "Someone else just put one of these orders on an invoice. Reload the page.";
    case "not-done":
      return refusal.message;
  }
}

export default function NewInvoice() {
  const { group, chosen, fresh } = useLoaderData<typeof loader>();
  const { money } = useFormat();
  const refusal = useFormResult<typeof action>()?.problem;
  return (
    <>
      <PageHeader title={group ? `Invoice for ${group.customer}` : "New invoice"} />
      <PageBody>
        <FormProblem problem={refusal && { what: refusal.message }} />
        {group ? (
          <Form method="post" className="grid max-w-[44rem] gap-4">
            <input type="hidden" name="id" value={fresh} />
            <fieldset className="grid gap-2">
              <legend className="pb-2 text-lead">Completed work to invoice</legend>
              <ul className="divide-y divide-line border-y border-line">
                {group.orders.map(({ id, number, title, unitNumber, price }) => (
                  <li key={id}>
                    <label className="flex min-h-11 cursor-pointer items-center gap-3 px-2 py-1 hover:bg-hover">
                      <input type="checkbox" name={id} defaultChecked={chosen.includes(id)} className="size-5 shrink-0 accent-(--color-accent)" />
                      <UnitPlate number={unitNumber} />
                      <span className="grid min-w-0 flex-1">
                        <span>{title}</span>
                        <span className="text-small text-ink-soft">{docketNumber(number)}</span>
                      </span>
                      <span className="tabular-nums">{money(price)}</span>
                    </label>
                  </li>
                ))}
              </ul>
            </fieldset>
            {group.more && <p>An invoice takes {group.orders.length} orders. The rest go on the next one.</p>}
            <p className="text-ink-soft">Supplies and tax are added on the draft. Nothing goes to the customer until you issue it.</p>
            <div>
              <SubmitButton pendingLabel="Drafting">Draft invoice</SubmitButton>
            </div>
          </Form>
        ) : (
          <Empty title="Nothing to invoice" body="All of this customer's completed orders are already on an invoice." />
        )}
      </PageBody>
    </>
  );
}
