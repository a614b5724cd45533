import { parseList } from "~/kernel/list-order";
import { dayOf } from "~/kernel/time";
import { parseCustomerFilter } from "~/modules/customers/customer-filters";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { customerSorts, readCustomerList } from "~/queries/staff/customer-list.server";
import { listCsv } from "./list-csv.server";

/** The list of customers as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("customer:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug } = session.organization;
  const { query, order } = parseList(url.searchParams, customerSorts);
  const wanted = { query, order, filter: parseCustomerFilter(url.searchParams.get("show")) };
  const customers = listCsv({
    headings: ["Name", "Units", "Portal", "Email", "Phone"],
    read: (after, rowsAPage) => readCustomerList(services.db, { ...wanted, after }, rowsAPage),
    cells: (row) => [row.name, row.units, row.isSelf ? "own fleet" : row.portalEnabled ? "On" : "Off", row.email, row.phone],
  });
  return csvFile(`${slug}-customers-${dayOf(services.clock.now(), zone)}`, customers);
});
