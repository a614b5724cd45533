import type { Cell } from "~/kernel/csv";
import { parseId } from "~/kernel/ids";
import { dayOf, localText } from "~/kernel/time";
import { type DistanceUnit, toMeters } from "~/kernel/units";
import { nameOfAsset } from "~/modules/assets/asset";
import { isDistance } from "~/modules/assets/meters/meter";
import { type DueRow, formatDueAt, remainingOf, scheduleStateLabels } from "~/modules/maintenance/format-due";
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
    headings: ["Unit", "Vehicle", "Customer", "Maintenance", "State", "Due", "Left", "Left in", "Expected day", "Work order"],
    read: (after: MaintenanceCursor | null) => readMaintenanceList(services.db, { ...wanted, after }, ROWS_A_PAGE),
    cells: (row) => [
      row.unitNumber,
      nameOfAsset(row),
      row.customer,
      row.name,
      scheduleStateLabels[row.state],
      (row.firstBy && formatDueAt(row.firstBy, row.dueDay ?? row.dueMeter, session.organization)) ?? "",
      ...leftOf(row, dayOf(services.clock.now(), zone), session.organization.distanceUnit),
      // What a meter has reached isn't expected anymore.
      row.dueDay === null && (row.state === "due" || row.state === "overdue") ? "" : (row.projectedDay ?? ""),
      row.openOrder ? `WO-${row.openOrder.number}` : "",
    ],
  });
  return csvFile(`${slug}-maintenance-${localText(services.clock.now(), zone).slice(0, 10)}`, rows);
});

/** What is left, below zero once it is over, and in what: numbers that a spreadsheet can sort. */
function leftOf(row: DueRow, today: string, unit: DistanceUnit): [Cell, string] {
  const left = remainingOf(row, today);
  if (left === null || row.firstBy === null) return ["", ""];
  if (row.firstBy === "calendar") return [left, "days"];
  return isDistance(row.firstBy) ? [Math.round(left / toMeters(1, unit)), unit] : [Math.round(left / 360) / 10, "h"];
}
