import { moneyCell } from "~/kernel/csv";
import { type Place, parseList } from "~/kernel/list-order";
import { dayOf } from "~/kernel/time";
import { parseFilter } from "~/modules/estimates/estimate-filters";
import { estimateLabel } from "~/modules/estimates/estimate-list.view";
import { estimateNumber } from "~/modules/estimates/format";
import { csvFile, csvStream } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { estimateSorts, readEstimateList } from "~/queries/staff/estimate-list.server";
import { CSV_MOST_ROWS, CSV_ROWS_A_PAGE } from "./list-csv";

/** The list of estimates as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("estimate:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug, currency } = session.organization;
  const today = dayOf(services.clock.now(), zone);
  const { query, order } = parseList(url.searchParams, estimateSorts);
  const wanted = { query, order, filter: parseFilter(url.searchParams.get("show"), query), today };
  const estimates = csvStream({
    headings: ["Estimate", "Unit", "Title", "Customer", "State", "Valid until", "Total", "Currency"],
    most: CSV_MOST_ROWS,
    read: (after: Place | null) => readEstimateList(services.db, { ...wanted, after }, CSV_ROWS_A_PAGE),
    cells: (row) => [
      estimateNumber(row.number),
      row.unitNumber,
      row.title,
      row.customer,
      estimateLabel(row, today),
      row.validThrough,
      row.total === null ? null : moneyCell(row.total),
      currency,
    ],
  });
  return csvFile(`${slug}-estimates-${today}`, estimates);
});
