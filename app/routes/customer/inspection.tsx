import { Download } from "lucide-react";
import { useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { seesWork } from "~/modules/customers/contacts/contact-rights";
import { ConditionMark } from "~/modules/inspections/condition.view";
import { unitCondition } from "~/modules/inspections/defects/defect";
import { ResultMark } from "~/modules/inspections/inspection-table.view";
import { CorrectionLinks, kindLabel, ReportFactList, ReportSignature, SignedChecklist } from "~/modules/inspections/report.view";
import { countDefects } from "~/modules/inspections/result";
import { customer } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readReport } from "~/queries/report.server";
import { ButtonLink } from "~/ui/button";
import { useNotices } from "~/ui/live/use-notices";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { EarlierDefects, FoundDefects, onceEach } from "../parts/report-defects";

export const meta = ({ loaderData }: { loaderData?: { report: { unitNumber: string } } }) => [
  { title: loaderData ? `Inspection of unit ${loaderData.report.unitNumber}` : "Inspection" },
];

export const loader = customer.loader("inspection:read", async ({ services: { db }, id, session }) => {
  const rights = await readContactRights(db);
  const report = orNotFound(seesWork(rights) ? await readReport(db, id("inspection")) : null);
  return { report, owns: report.ownerId === session.membership.partyId, mayPrint: rights.documents, organizationId: session.organization.id };
});

export default function PortalInspection() {
  const { report, owns, mayPrint, organizationId } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useNotices({ organizationId, as: "customer", at: report.id, reread: revalidate });
  const { defects, photos, stillThere, reviewed } = report;
  const earlier = onceEach([...stillThere, ...reviewed].map(({ defect }) => defect));
  const condition = unitCondition(report.ofUnit);
  return (
    <>
      <PageHeader
        title={`${kindLabel(report.kind)} inspection`}
        mark={<UnitPlate number={report.unitNumber} state={condition === "do-not-operate" ? "red" : undefined} size="medium" />}
        state={
          <>
            <ResultMark {...countDefects(report.defects)} />
            <ConditionMark condition={condition} />
          </>
        }
        action={
          <>
            {report.assetId && owns && <ButtonLink to={paths.customer.asset(report.assetId)}>Unit {report.unitNumber}</ButtonLink>}
            {mayPrint && (
              <ButtonLink to={paths.customer.inspectionPdf(report.id)} reloadDocument icon={Download}>
                PDF
              </ButtonLink>
            )}
          </>
        }
      />
      <PageBody>
        <CorrectionLinks report={report} to={paths.customer.inspection} />
        <ReportFactList report={report} customer={report.customer} />
        <FoundDefects as="customer" defects={defects} photos={photos} />
        <EarlierDefects as="customer" title="From earlier inspections" defects={earlier} />
        <SignedChecklist report={report} found={[...defects, ...stillThere.map(({ defect }) => defect)].map(({ part }) => part)} />
        <ReportSignature {...report} />
      </PageBody>
    </>
  );
}
