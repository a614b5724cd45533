import { useLoaderData } from "react-router";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { addPastedDrivers, checkPastedDrivers } from "~/modules/drivers/add-pasted-drivers.server";
import { readDriversCustomer } from "~/modules/drivers/drivers.read.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { PageBody, PageHeader } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { PastedDrivers } from "../parts/pasted-drivers";
import { addedAnswer, addedForm, checkedForm } from "../parts/pasted-drivers.server";

export const meta = () => [{ title: "Add several drivers" }];

export const action = staff.commands({
  check: staff.command({
    permission: "driver:manage",
    form: checkedForm,
    run: ({ services, id, form: { text } }) => checkPastedDrivers(services, id("customer"), text),
    done: (lines, { form: { text } }) => ({ done: null, checked: { lines, text } }),
  }),
  add: staff.command({
    permission: "driver:manage",
    form: addedForm,
    run: ({ services, id, form }) => addPastedDrivers(services, { ...form, customerId: id("customer") }),
    done: (value) => addedAnswer(value),
    drain: "before-answer",
  }),
});

export const loader = staff.loader(
  "driver:manage",
  async ({ services, id }) => ({
    customer: orNotFound(await readDriversCustomer(services.db, id("customer"))),
    list: newId("driver", services.clock.now()),
  }),
  action,
);

export default function StaffPastedDrivers() {
  const { customer, list } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Add several drivers" state={<TextLink to={paths.staff.customer(customer.id)}>{customer.name}</TextLink>} />
      <PageBody>
        <PastedDrivers list={list} />
      </PageBody>
    </>
  );
}
