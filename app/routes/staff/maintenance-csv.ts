import { parseId } from "~/kernel/ids";
import { localText } from "~/kernel/time";
import { nameOfAsset } from "~/modules/assets/asset";
import { formatDueAt, scheduleStateLabels } from "~/modules/maintenance/format-due";
import { maintenanceFilters, parseMaintenanceFilter } from "~/modules/maintenance/maintenance-filters";
import { csvFile, csvStream } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { type MaintenanceCursor, readMaintenanceList } from "~/queries/maintenance-list.server";

const ROWS_A_PAGE = 200;

/** The maintenance list as it is filtered and searched, for a spreadsheet. */
export const loader = staff.loader("maintenance:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug } = session.organization;
  const { searchParams } = url;
  const states = maintenanceFilters[parseMaintenanceFilter(searchParams.get("show"))].states;
  const wanted = { states, query: searchParams.get("q") ?? "", customerId: parseId("customer", searchParams.get("customer")) };
  const rows = csvStream({
    headings: ["Unit", "Vehicle", "Customer", "Maintenance", "State", "Due", "Expected day", "Work order"],
    read: (after: MaintenanceCursor | null) => readMaintenanceList(services.db, { ...wanted, after }, ROWS_A_PAGE),
    cells: (row) => [
      row.unitNumber,
      nameOfAsset(row),
      row.customer,
      row.name,
      scheduleStateLabels[row.state],
      (row.firstBy && formatDueAt(row.firstBy, row.dueDay ?? row.dueMeter, session.organization)) ?? "",
      // What a meter has reached isn't expected anymore.
      row.dueDay === null && (row.state === "due" || row.state === "overdue") ? "" : (row.projectedDay ?? ""),
      row.openOrder ? `WO-${row.openOrder.number}` : "",
    ],
  });
  return csvFile(`${slug}-maintenance-${localText(services.clock.now(), zone).slice(0, 10)}`, rows);
});
