import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { StatusMark } from "~/modules/invoices/status.view";
import { canArrive, canRelease } from "~/modules/work-orders/work-order";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { FloatingMenu } from "~/ui/floating-menu";
import { SubmitButton } from "~/ui/form";
import { Fact, Facts } from "~/ui/page";
import { PhoneLink, TextLink } from "~/ui/text-link";
import type { commands } from "./commands.server";
import type { PageData } from "./data.server";

/** The order's customer, unit, assignee, dates and invoices. */
export function OrderFacts() {
  const { order, facts, invoices } = useLoaderData<PageData>();
  return (
    <Facts>
      <Fact term="Customer">
        <TextLink to={paths.staff.customer(facts.customerId)}>{facts.customer}</TextLink>
      </Fact>
      {facts.ownerId !== facts.customerId && (
        <Fact term="Unit's owner now">
          <TextLink to={paths.staff.customer(facts.ownerId)}>{facts.owner}</TextLink>
        </Fact>
      )}
      {facts.phone && (
        <Fact term="Phone">
          <PhoneLink number={facts.phone} />
        </Fact>
      )}
      <Fact term="Unit">{[facts.year, facts.make, facts.model].filter(Boolean).join(" ") || "not on file"}</Fact>
      {facts.vin && (
        <Fact term="VIN" code>
          {facts.vin}
        </Fact>
      )}
      <Fact term="Assigned to">{order.lead?.name ?? "Unassigned"}</Fact>
      <Fact term="Promised">{order.promisedAt === null ? "no date" : <Moment at={order.promisedAt} />}</Fact>
      {order.purchaseOrder && <Fact term="Customer's PO number">{order.purchaseOrder}</Fact>}
      <Fact term="Opened">
        <Moment at={facts.createdAt} />
      </Fact>
      <AtTheShop />
      {order.completedAt !== null && (
        <Fact term="Completed">
          <Moment at={order.completedAt} />
        </Fact>
      )}
      {invoices.map((invoice) => (
        <Fact key={invoice.id} term="Invoice">
          <span className="inline-flex flex-wrap items-center gap-x-2">
            <TextLink to={paths.staff.invoice(invoice.id)}>{invoiceNumber(invoice.number)}</TextLink>
            <StatusMark bare status={invoice.status} />
          </span>
        </Fact>
      ))}
    </Facts>
  );
}

/** Whether the unit is at the shop, with one tap to say so. */
function AtTheShop() {
  const { order, facts } = useLoaderData<PageData>();
  const { arrivedAt, releasedAt } = order;
  const isHere = arrivedAt !== null && releasedAt === null;
  const [next, label] = isHere ? (["release", "Release"] as const) : (["arrive", "Arrived"] as const);
  const allowed = isHere ? canRelease(order) : canArrive(order);
  return (
    <Fact term="At the shop">
      <span className="flex flex-wrap items-center gap-x-3">
        {isHere ? (
          <span>
            since <Moment at={arrivedAt} />
          </span>
        ) : releasedAt !== null ? (
          <span>
            left <Moment at={releasedAt} />
          </span>
        ) : (
          "no"
        )}
        {allowed === true && next === "arrive" && facts.ownerId !== facts.customerId && <ArriveUnderOther />}
        {allowed === true && (next === "release" || facts.ownerId === facts.customerId) && (
          <CommandForm<typeof commands> intent={next} className="no-print">
            <SubmitButton kind="quiet" pendingLabel="Saving">
              {label}
            </SubmitButton>
          </CommandForm>
        )}
      </span>
    </Fact>
  );
}

/** The unit was sold since: its arrival asks whose order this is. */
function ArriveUnderOther() {
  const { facts } = useLoaderData<PageData>();
  const refused = useRefusedForm<typeof commands>()("arrive");
  return (
    <FloatingMenu title="Arrived" open={refused !== null}>
      <CommandForm<typeof commands> intent="arrive" className="grid gap-3">
        <p>
          Unit {facts.unitNumber} belongs to {facts.owner} now. This order is for {facts.customer}.
        </p>
        <Select label="Whose order is it?" name="owner">
          <option value="">Choose</option>
          <option value="keep">Keep it for {facts.customer}</option>
          <option value="copy">Cancel it, and copy its work to an order of {facts.owner}</option>
        </Select>
        <SubmitButton pendingLabel="Saving">Record arrival</SubmitButton>
      </CommandForm>
    </FloatingMenu>
  );
}
