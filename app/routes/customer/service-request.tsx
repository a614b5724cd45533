import { Send } from "lucide-react";
import { type ShouldRevalidateFunctionArgs, useLoaderData } from "react-router";
import * as z from "zod";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { meterOf } from "~/modules/assets/meters/meter";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { describeFault } from "~/modules/telematics/faults/faults";
import { requestService } from "~/modules/work-orders/service-requests/request-service.server";
import { urgencies, urgencyLabels } from "~/modules/work-orders/service-requests/service-request";
import { docketNumber } from "~/modules/work-orders/work-order";
import { idField } from "~/platform/http/fields.server";
import { customer } from "~/platform/http/guards.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { missing, notAllowed } from "~/platform/http/refusals.server";
import { readPortalUnit } from "~/queries/customer/unit.server";
import { readOpenRequest } from "~/queries/customer/work-orders.server";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { FieldError } from "~/ui/field-frame";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Request service" }];
/** Doesn't revalidate while someone is filling in the form. */
export const shouldRevalidate = ({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) => currentUrl.href !== nextUrl.href;

export const loader = customer.loader("service:request", async ({ services, session, id, url }) => {
  const assetId = id("asset");
  const right = mayUse(await readContactRights(services.db), "service");
  if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
  const { unit, picture } = orNotFound(await readPortalUnit(services, assetId));
  if (unit.archivedAt !== null) throw new Response("Not found", { status: 404 });
  const now = services.clock.now();
  const { name, phone } = session.organization;
  const code = url.searchParams.get("fault");
  const fault = picture?.units.flatMap(({ faults }) => faults.map(({ fault: one }) => describeFault(one))).find((one) => one.code === code) ?? null;
  return {
    unit,
    fault,
    open: fault && (await readOpenRequest(services.db, assetId, fault.code)),
    meter: meterOf[unit.kind],
    orderId: newId("workOrder", now),
    shop: { name, phone },
  };
});

export const action = customer.commands({
  send: customer.command({
    permission: "service:request",
    form: z.object({
      id: idField("workOrder", "Reload the page and try again."),
      complaint: z.string(),
      urgency: z.string().optional().default(""),
      preferredDay: z.string().optional().default(""),
      reading: z.string().optional().default(""),
      fault: z.string().optional().default(""),
    }),
    async run({ services, id, form }) {
      const right = mayUse(await readContactRights(services.db), "service");
      return right.ok ? requestService(services, { id: form.id, assetId: id("asset"), form }) : right;
    },
    drain: "before-answer",
    goTo: (_, { orderId }) => paths.customer.order(orderId),
    refuse: (refusal, { scope }) =>
      refusal.kind === "no-such-unit"
        ? missing("That unit doesn't exist anymore. Reload the page.")
        : notAllowed(rightRefusalMessage(refusal, scope.organization)),
  }),
});

export default function RequestService() {
  const { unit, fault, open, meter, orderId, shop } = useLoaderData<typeof loader>();
  const { today, distanceUnit } = useFormat();
  const result = useFormResult<typeof action>();
  const refusal = result?.problem;
  const typed = refusal?.values;
  const urgency = typed?.urgency ?? (fault?.urgency === "stop" ? "do-not-drive" : "");
  return (
    <>
      <PageHeader
        title="Request service"
        mark={<UnitPlate number={unit.unitNumber} size="medium" />}
        state={<span className="text-ink-soft">{nameOfAsset(unit)}</span>}
      />
      <PageBody>
        <FormResult result={result} />
        {open && (
          <Notice tone="blue" title={`${docketNumber(open.number)} is open for this fault`}>
            <p>
              {open.by} requested it. What you send here is added to it. <TextLink to={paths.customer.order(open.id)}>View the request</TextLink>
            </p>
          </Notice>
        )}
        <CommandForm<typeof action> intent="send" className="grid max-w-150 gap-4">
          <input type="hidden" name="id" value={typed?.id ?? orderId} />
          <input type="hidden" name="fault" value={typed?.fault ?? fault?.code ?? ""} />
          <TextArea
            label="What's wrong, or what do you want done?"
            name="complaint"
            rows={4}
            hint="In your own words"
            defaultValue={fault ? `${fault.title} (${fault.code})` : ""}
            required
          />
          <fieldset className="grid gap-1" aria-describedby={refusal?.fields?.urgency ? "urgency-error" : undefined}>
            <legend className="font-semibold">Can it be driven?</legend>
            <div className="flex flex-wrap gap-2">
              {urgencies.map((value, at) => (
                <label
                  key={value}
                  className="flex min-h-(--target) cursor-pointer items-center gap-2 rounded-corner border border-control px-3 has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold"
                >
                  <input
                    type="radio"
                    name="urgency"
                    id={at === 0 ? "urgency" : undefined}
                    value={value}
                    defaultChecked={urgency === value}
                    className="size-4"
                  />
                  {urgencyLabels[value]}
                </label>
              ))}
            </div>
            {refusal?.fields?.urgency && <FieldError id="urgency-error">{refusal.fields.urgency}</FieldError>}
          </fieldset>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Preferred date" name="preferredDay" type="date" min={today} hint="Optional" />
            {meter && (
              <Field
                label={meter === "odometer" ? "Odometer" : "Engine hours"}
                name="reading"
                figures
                unit={meter === "odometer" ? distanceUnit : "h"}
                hint="Optional"
              />
            )}
          </div>
          <div className="grid justify-items-start gap-1">
            <SubmitButton icon={Send} pendingLabel="Sending">
              Send request
            </SubmitButton>
            <p className="text-small text-ink-soft">
              {shop.name} gets your request right away. Next, you can add photos.{shop.phone && ` If it is urgent, call ${shop.phone}.`}
            </p>
          </div>
        </CommandForm>
      </PageBody>
    </>
  );
}
