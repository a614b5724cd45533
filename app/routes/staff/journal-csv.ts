import { parseTopic } from "~/modules/audit/journal-topics";
import { csvFile } from "~/platform/http/csv.server";
import { staff } from "~/platform/http/guards.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import { journalCsv } from "~/queries/staff/journal.server";

/** The activity log, for a spreadsheet or an auditor. */
export const loader = staff.loader("journal:read", async ({ services, session, url }) => {
  await holdToQuota(services, "export");
  const day = new Date(services.clock.now()).toISOString().slice(0, 10);
  return csvFile(`${session.organization.slug}-journal-${day}`, journalCsv(services.db, parseTopic(url.searchParams.get("only"))));
});
