import { useLoaderData } from "react-router";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { customer } from "~/platform/http/guards.server";
import { readLabelUnits } from "~/queries/label-units.server";
import { LabelSheet } from "../parts/label-sheet";

export const meta = () => [{ title: "Unit labels" }];

export const loader = customer.loader("asset:read", async ({ services, session }) => {
  const { name, phone, publicOrigin } = session.organization;
  const own = session.membership.partyId as Id<"customer">; // a customer's session names its customer
  return { units: await readLabelUnits(services.db, own), shop: { name, phone }, origin: publicOrigin, back: paths.customer.settings };
});

export default function PortalLabels() {
  return <LabelSheet {...useLoaderData<typeof loader>()} />;
}
