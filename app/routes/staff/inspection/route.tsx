import { Download } from "lucide-react";
import { useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { ConditionMark } from "~/modules/inspections/condition.view";
import { unitCondition } from "~/modules/inspections/defects/defect";
import { ResultMark } from "~/modules/inspections/inspection-table.view";
import { CorrectionLinks, kindLabel, ReportFactList, ReportSignature, SignedChecklist } from "~/modules/inspections/report.view";
import { reportMarks } from "~/modules/inspections/report-marks";
import { countDefects } from "~/modules/inspections/result";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { Columns } from "~/ui/columns";
import { CommandForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useNotices } from "~/ui/live/use-notices";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { action } from "./commands.server";
import { inspectionPage, type PageData } from "./data.server";
import { ReportDefects } from "./defects";

export const meta = ({ loaderData }: { loaderData?: { report: { unitNumber: string } } }) => [
  { title: loaderData ? `Inspection of unit ${loaderData.report.unitNumber}` : "Inspection" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("inspection:read", inspectionPage, action);

export { action };

export default function Inspection() {
  const { report, organizationId } = useLoaderData<PageData>();
  const { revalidate } = useRevalidator();
  useNotices({ organizationId, as: "staff", at: report.id, reread: revalidate });
  const marks = reportMarks(report);
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
            {report.assetId && <ButtonLink to={paths.staff.asset(report.assetId)}>Unit {report.unitNumber}</ButtonLink>}
            {report.assetId && <ButtonLink to={paths.staff.enterInspection({ corrects: report.id })}>Correct</ButtonLink>}
            <ButtonLink to={paths.staff.inspectionPdf(report.id)} reloadDocument icon={Download}>
              PDF
            </ButtonLink>
          </>
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>(report.version)} />
        <CorrectionLinks report={report} to={paths.staff.inspection} />
        {report.assetId === null && <MatchUnit />}
        {report.assetId !== null && report.matchedAt !== null && <MatchedUnit unit={report.assetId} />}
        {marks.length > 0 && <Notice tone="amber" title={`${marks.join(". ")}.`} />}
        <Columns
          side={
            <>
              <SignedChecklist report={report} found={[...report.defects, ...report.stillThere.map(({ defect }) => defect)].map(({ part }) => part)} />
              <ReportSignature {...report} />
            </>
          }
        >
          <ReportFactList report={report} customer={<TextLink to={paths.staff.customer(report.customerId)}>{report.customer}</TextLink>} />
          <ReportDefects />
        </Columns>
      </PageBody>
    </>
  );
}

/** Which of the customer's units the driver meant. */
function MatchUnit() {
  const { report, units } = useLoaderData<PageData>();
  return (
    <Notice tone="amber" title={`The driver typed "${report.typedUnit}", which is no unit on file.`}>
      <CommandForm<typeof action> intent="match" className="flex flex-wrap items-end gap-3 pt-1 text-ink">
        <div className="min-w-64">
          <Select label={`Unit of ${report.customer}`} name="unit" defaultValue="">
            <option value="">Choose</option>
            {units.map((unit) => (
              <option key={unit.id} value={unit.id}>
                {unit.unitNumber}, {nameOfAsset(unit)}
              </option>
            ))}
          </Select>
        </div>
        <SubmitButton pendingLabel="Saving">Match unit</SubmitButton>
      </CommandForm>
    </Notice>
  );
}

/** A match can be wrong; it is undone while nothing was signed or ordered for the unit. */
function MatchedUnit({ unit }: { unit: string }) {
  const { report } = useLoaderData<PageData>();
  return (
    <Notice tone="blue" title={`The driver typed "${report.typedUnit}"; the shop matched it to unit ${report.unitNumber}.`}>
      <CommandForm<typeof action> intent="unmatch" className="pt-1 text-ink">
        <input type="hidden" name="unit" value={unit} />
        <SubmitButton kind="quiet" pendingLabel="Saving">
          Undo match
        </SubmitButton>
      </CommandForm>
    </Notice>
  );
}
