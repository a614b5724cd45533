import { type Place, parseList } from "~/kernel/list-order";
import { dayOf } from "~/kernel/time";
import { parseCustomerFilter } from "~/modules/customers/customer-filters";
import { csvFile, csvStream } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { customerSorts, readCustomerList } from "~/queries/staff/customer-list.server";
import { CSV_MOST_ROWS, CSV_ROWS_A_PAGE } from "./list-csv";

/** The list of customers as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("customer:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug } = session.organization;
  const { query, order } = parseList(url.searchParams, customerSorts);
  const wanted = { query, order, filter: parseCustomerFilter(url.searchParams.get("show")) };
  const customers = csvStream({
    headings: ["Name", "Units", "Portal", "Email", "Phone"],
    most: CSV_MOST_ROWS,
    read: (after: Place | null) => readCustomerList(services.db, { ...wanted, after }, CSV_ROWS_A_PAGE),
    cells: (row) => [row.name, row.units, row.isSelf ? "own fleet" : row.portalEnabled ? "On" : "Off", row.email, row.phone],
  });
  return csvFile(`${slug}-customers-${dayOf(services.clock.now(), zone)}`, customers);
});
