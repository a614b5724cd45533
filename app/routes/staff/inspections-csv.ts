import { parseList } from "~/kernel/list-order";
import { formatDuration, localText } from "~/kernel/time";
import { inspectionLabels } from "~/modules/inspections/checklists/labels";
import { parseInspectionFilter } from "~/modules/inspections/inspection-filters";
import { reportMarks } from "~/modules/inspections/report-marks";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { inspectionSorts } from "~/queries/inspections.server";
import { readInspectionList } from "~/queries/staff/inspection-list.server";
import { listCsv } from "./list-csv.server";

/** The list of inspections as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("inspection:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug } = session.organization;
  const { query, order } = parseList(url.searchParams, inspectionSorts);
  const wanted = { query, order, filter: parseInspectionFilter(url.searchParams.get("show")) };
  const inspections = listCsv({
    headings: ["Signed", "Day", "Kind", "Unit", "Driver", "Customer", "Took", "Defects", "Not safe to drive", "Open", "Photos", "Photos arrived", "Notes"],
    read: (after, rowsAPage) => readInspectionList(services.db, { ...wanted, after }, rowsAPage),
    cells: (row) => [
      localText(row.signedAt, zone).replace("T", " "),
      row.day,
      inspectionLabels.en.kinds[row.kind],
      row.unitNumber,
      row.driverName,
      row.customer,
      formatDuration(row.signedAt - row.startedAt),
      String(row.defects),
      String(row.safetyDefects),
      String(row.open),
      String(row.photos),
      String(row.arrived),
      reportMarks(row).join("; "),
    ],
  });
  return csvFile(`${slug}-inspections-${localText(services.clock.now(), zone).slice(0, 10)}`, inspections);
});
