import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { insuranceOn } from "~/modules/vendors/insurance";
import { readVendors } from "~/modules/vendors/vendors.read.server";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";

export const meta = () => [{ title: "Vendor Directory" }];

export const loader = staff.loader("vendor:manage", async ({ services }) => {
  // The new vendor's id is made before the form is filled in, so a form sent twice adds one vendor.
  return { vendors: await readVendors(services.db), fresh: newId("vendor", services.clock.now()) };
});

const insuranceTones = { good: "green", soon: "amber", expired: "red" } as const;

type Row = Awaited<ReturnType<typeof readVendors>>[number];

export default function Vendors() {
  const { vendors, fresh } = useLoaderData<typeof loader>();
  const { day, money, today } = useFormat();
  const add = (
    <ButtonLink to={paths.staff.vendor(fresh)} kind="primary" icon={Plus}>
      Add vendor
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="Vendor Directory" action={add} />
      <PageBody>
        {vendors.length === 0 ? (
          <Empty title="No vendors yet" body="Add the outside shops you send work to. With portal access they accept, estimate and invoice jobs themselves." />
        ) : (
          <DataTable
            caption="Vendors"
            rows={vendors}
            rowKey={({ id }: Row) => id}
            rowTo={({ id }) => paths.staff.vendor(id)}
            columns={[
              { key: "name", title: "Name", cell: ({ name }) => name },
              {
                key: "portal",
                title: "Portal",
                cell: ({ portalEnabled }) => <StateMark tone={portalEnabled ? "green" : "slate"} label={portalEnabled ? "On" : "Off"} />,
              },
              {
                key: "insurance",
                title: "Insurance",
                from: "lg",
                cell: ({ insuredThrough }) => {
                  const insurance = insuranceOn(insuredThrough, today);
                  if (insurance === "unknown") return <span className="text-ink-soft">not on file</span>;
                  return <StateMark bare tone={insuranceTones[insurance]} label={insurance === "expired" ? "Expired" : `Until ${day(insuredThrough ?? "")}`} />;
                },
              },
              {
                key: "month",
                title: "Monthly budget",
                from: "xl",
                figures: true,
                cell: ({ monthlyBudget }) => (monthlyBudget === null ? "" : money(monthlyBudget)),
              },
              { key: "email", title: "Email", from: "sm", cell: ({ email }) => email ?? "" },
              { key: "phone", title: "Phone", from: "lg", cell: ({ phone }) => phone ?? "" },
              {
                key: "invited",
                title: "Invited",
                from: "lg",
                cell: ({ invitedAt }) => (invitedAt === null ? "never" : <Moment at={invitedAt} />),
              },
            ]}
          />
        )}
      </PageBody>
    </>
  );
}
