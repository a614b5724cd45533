import { moneyCell } from "~/kernel/csv";
import { parseList } from "~/kernel/list-order";
import { dayOf } from "~/kernel/time";
import { parseFilter } from "~/modules/estimates/estimate-filters";
import { estimateLabel } from "~/modules/estimates/estimate-list.view";
import { estimateNumber } from "~/modules/estimates/format";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { estimateSorts, readEstimateList } from "~/queries/staff/estimate-list.server";
import { listCsv } from "./list-csv.server";

/** The list of estimates as it is filtered, searched and sorted, for a spreadsheet. */
export const loader = staff.loader("estimate:read", async ({ services, session, url }) => {
  await holdToQuota(services, "list");
  const { zone, slug, currency } = session.organization;
  const today = dayOf(services.clock.now(), zone);
  const { query, order } = parseList(url.searchParams, estimateSorts);
  const wanted = { query, order, filter: parseFilter(url.searchParams.get("show"), query), today };
  const estimates = listCsv({
    headings: ["Estimate", "Unit", "Title", "Customer", "State", "Valid until", "Total", "Currency"],
    read: (after, rowsAPage) => readEstimateList(services.db, { ...wanted, after }, rowsAPage),
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
