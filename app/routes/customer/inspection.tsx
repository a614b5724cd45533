import { Download } from "lucide-react";
import { useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { seesWork } from "~/modules/customers/contacts/contact-rights";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { ConditionMark } from "~/modules/inspections/condition.view";
import { unitCondition } from "~/modules/inspections/defects/defect";
import { DefectRow } from "~/modules/inspections/defects/defect-row.view";
import { ResultMark } from "~/modules/inspections/inspection-table.view";
import { DefectPhotos } from "~/modules/inspections/photos.view";
import { kindLabel, ReportFactList, ReportSignature, SignedChecklist } from "~/modules/inspections/report.view";
import { countDefects } from "~/modules/inspections/result";
import { docketNumber } from "~/modules/work-orders/work-order";
import { customer } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readReport } from "~/queries/report.server";
import { ButtonLink } from "~/ui/button";
import { useNotices } from "~/ui/live/use-notices";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";

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
  const signedFor = [...stillThere.map(({ defect }) => defect), ...reviewed.map(({ defect }) => defect)];
  const earlier = [...new Map(signedFor.map((defect) => [defect.id, defect])).values()];
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
        <ReportFactList report={report} customer={report.customer} />
        <Section title="Defects" count={defects.length}>
          {defects.length === 0 ? (
            <p className="text-ink-soft">The driver found no new defects.</p>
          ) : (
            <ul className="divide-y divide-line border-y border-line">
              {defects.map((defect) => (
                <li key={defect.id}>
                  <DefectRow defect={defect}>
                    {defect.repair?.lives && defect.repair.state !== "draft" && (
                      <p>
                        Repair on <TextLink to={paths.customer.order(defect.repair.orderId)}>{docketNumber(defect.repair.number)}</TextLink>
                      </p>
                    )}
                    <DefectPhotos as="customer" of={defectTitle(defect)} photos={photos.filter((photo) => photo.defectId === defect.id)} />
                  </DefectRow>
                </li>
              ))}
            </ul>
          )}
        </Section>
        {earlier.length > 0 && (
          <Section title="From earlier inspections" count={earlier.length}>
            <ul className="divide-y divide-line border-y border-line">
              {earlier.map((defect) => (
                <li key={defect.id}>
                  <DefectRow defect={defect}>
                    <TextLink to={paths.customer.inspection(defect.inspectionId)}>First report</TextLink>
                  </DefectRow>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <SignedChecklist report={report} found={[...defects, ...stillThere.map(({ defect }) => defect)].map(({ part }) => part)} />
        <ReportSignature {...report} />
      </PageBody>
    </>
  );
}
