import { Download } from "lucide-react";
import { useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { seesWork } from "~/modules/customers/contacts/contact-rights";
import { ConditionMark } from "~/modules/inspections/condition.view";
import { certifyDefects } from "~/modules/inspections/defects/certify-defects.server";
import { unitCondition } from "~/modules/inspections/defects/defect";
import { ResultMark } from "~/modules/inspections/inspection-table.view";
import { CorrectionLinks, kindLabel, ReportFactList, ReportSignature, SignedChecklist } from "~/modules/inspections/report.view";
import { countDefects } from "~/modules/inspections/result";
import { customer } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readReport } from "~/queries/report.server";
import { ButtonLink } from "~/ui/button";
import { FormResult } from "~/ui/form-result";
import { useNotices } from "~/ui/live/use-notices";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { CertifyForms } from "../parts/certify/certify-forms";
import { CERTIFIED, CERTIFIED_UNNECESSARY, certifyForm, NOTHING_CHOSEN, picksIn, signedIn, unnecessaryForm } from "../parts/certify/form.server";
import { EarlierDefects, FoundDefects, onceEach } from "../parts/report-defects";

export const meta = ({ loaderData }: { loaderData?: { report: { unitNumber: string } } }) => [
  { title: loaderData ? `Inspection of unit ${loaderData.report.unitNumber}` : "Inspection" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

/** A fleet's own mechanic signs for its units; the use case asks for the right and for the unit's owner. */
export const action = customer.commands({
  certify: customer.command({
    permission: "defect:certify",
    form: certifyForm,
    run: ({ services, form }) => certifyDefects(services, picksIn(form), signedIn("repaired", form)),
    done: CERTIFIED,
    refusals: { "nothing-chosen": NOTHING_CHOSEN },
  }),
  "certify-unnecessary": customer.command({
    permission: "defect:certify",
    form: unnecessaryForm,
    run: ({ services, form }) => certifyDefects(services, picksIn(form), signedIn("not-necessary", form)),
    done: CERTIFIED_UNNECESSARY,
    refusals: { "nothing-chosen": NOTHING_CHOSEN },
  }),
});

export const loader = customer.loader(
  "inspection:read",
  async ({ services: { db }, id, session }) => {
    const rights = await readContactRights(db);
    const report = orNotFound(seesWork(rights) ? await readReport(db, id("inspection")) : null);
    const owns = report.ownerId === session.membership.partyId;
    return {
      report,
      owns,
      mayPrint: rights.documents,
      certifies: rights.certify && (owns || report.assetId === null),
      person: session.membership.name,
      organizationId: session.organization.id,
    };
  },
  action,
);

export default function PortalInspection() {
  const { report, owns, mayPrint, certifies, person, organizationId } = useLoaderData<typeof loader>();
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
        <FormResult result={useFormResult<typeof action>()} />
        <CorrectionLinks report={report} to={paths.customer.inspection} />
        <ReportFactList report={report} customer={report.customer} />
        <FoundDefects as="customer" defects={defects} photos={photos}>
          {certifies && (
            <div className="flex flex-wrap items-start gap-3 pt-1">
              <CertifyForms defects={defects.filter(({ state }) => state === "open")} person={person} />
            </div>
          )}
        </FoundDefects>
        <EarlierDefects as="customer" title="From earlier inspections" defects={earlier} />
        <SignedChecklist report={report} found={[...defects, ...stillThere.map(({ defect }) => defect)].map(({ part }) => part)} />
        <ReportSignature {...report} />
      </PageBody>
    </>
  );
}
