import { parseList } from "~/kernel/list-order";
import { dayOf } from "~/kernel/time";
import { kindLabels } from "~/modules/assets/asset";
import { unitConditionLabels } from "~/modules/inspections/defects/defect";
import { parseUnitFilter } from "~/modules/work-orders/unit-status/unit-filters";
import { unitStatus } from "~/modules/work-orders/unit-status/unit-status";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { readUnitList, unitSorts } from "~/queries/staff/unit-list.server";
import { listCsv } from "./list-csv.server";

/** Units whose orders, defects and maintenance are asked for at once; a statement takes at most 100 values. */
const ROWS_A_PAGE = 50;

/** The list of units as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("asset:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug } = session.organization;
  const { query, order } = parseList(url.searchParams, unitSorts);
  const wanted = { query, order, filter: parseUnitFilter(url.searchParams.get("show")), customer: null };
  const units = listCsv({
    headings: ["Unit", "Kind", "Year", "Make", "Model", "Customer", "Status", "Condition", "Critical fault", "Maintenance", "Plate", "VIN or serial"],
    read: (after) => readUnitList(services.db, { ...wanted, after }, ROWS_A_PAGE),
    cells: (row) => [
      row.unitNumber,
      kindLabels[row.kind],
      row.year,
      row.make,
      row.model,
      row.customer,
      unitStatus(row, row.orders).label,
      unitConditionLabels[row.condition],
      row.criticalFault ? "Yes" : null,
      row.due,
      row.plate,
      row.vin,
    ],
  });
  return csvFile(`${slug}-units-${dayOf(services.clock.now(), zone)}`, units);
});
