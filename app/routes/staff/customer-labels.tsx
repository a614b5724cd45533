import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readLabelUnits } from "~/queries/label-units.server";
import { readCustomerRecord } from "~/queries/staff/customer-record.server";
import { LabelSheet } from "../parts/label-sheet";

export const meta = () => [{ title: "Unit labels" }];

export const loader = staff.loader("asset:read", async ({ services, session, id }) => {
  const customerId = id("customer");
  orNotFound(await readCustomerRecord(services.db, customerId));
  const { name, phone, publicOrigin } = session.organization;
  return { units: await readLabelUnits(services.db, customerId), shop: { name, phone }, origin: publicOrigin, back: paths.staff.customer(customerId) };
});

export default function CustomerLabels() {
  return <LabelSheet {...useLoaderData<typeof loader>()} />;
}
