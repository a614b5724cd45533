import { useLoaderData } from "react-router";
import { type Id, newId } from "~/kernel/ids";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import { addPastedDrivers, checkPastedDrivers } from "~/modules/drivers/add-pasted-drivers.server";
import { readDriversCustomer } from "~/modules/drivers/drivers.read.server";
import { customer } from "~/platform/http/guards.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { PageBody, PageHeader } from "~/ui/page";
import { PastedDrivers } from "../parts/pasted-drivers";
import { addedAnswer, addedForm, checkedForm } from "../parts/pasted-drivers.server";

export const meta = () => [{ title: "Add several drivers" }];

export const action = customer.commands({
  check: customer.command({
    permission: "driver:manage",
    form: checkedForm,
    run: ({ services, scope, form: { text } }) => checkPastedDrivers(services, scope.partyId as Id<"customer">, text), // a customer's session names its customer
    done: (lines, { form: { text } }) => ({ done: null, checked: { lines, text } }),
  }),
  add: customer.command({
    permission: "driver:manage",
    form: addedForm,
    run: ({ services, scope, form }) => addPastedDrivers(services, { ...form, customerId: scope.partyId as Id<"customer"> }), // as above
    done: (value) => addedAnswer(value),
    drain: "before-answer",
  }),
});

export const loader = customer.loader(
  "driver:manage",
  async ({ services, session, scope }) => {
    const right = mayUse(await readContactRights(services.db), "drivers");
    if (!right.ok) throw refuse(403, rightRefusalMessage(right.error, session.organization));
    const own = orNotFound(await readDriversCustomer(services.db, scope.partyId as Id<"customer">)); // as above
    return { customer: own, list: newId("driver", services.clock.now()) };
  },
  action,
);

export default function PortalPastedDrivers() {
  const { customer: own, list } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Add several drivers" state={<span className="text-ink-soft">{own.name}</span>} />
      <PageBody>
        <PastedDrivers list={list} />
      </PageBody>
    </>
  );
}
