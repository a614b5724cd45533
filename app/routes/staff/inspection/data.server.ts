import { newId } from "~/kernel/ids";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readOpenOrders } from "~/queries/defects.server";
import { readReport } from "~/queries/report.server";
import { readUnitChoices } from "~/queries/staff/unit-choices.server";

export async function inspectionPage({ services: { db, clock }, session, id: idOf }: Authed<"staff">) {
  const report = orNotFound(await readReport(db, idOf("inspection")));
  const [orders, units] = await Promise.all([
    report.assetId ? readOpenOrders(db, [report.assetId]) : [],
    report.assetId ? [] : readUnitChoices(db, report.customerId),
  ]);
  return { report, orders, units, fresh: newId("workOrder", clock.now()), person: session.membership.name, organizationId: session.organization.id };
}

export type PageData = Awaited<ReturnType<typeof inspectionPage>>;
