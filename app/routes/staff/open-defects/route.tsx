import { ClipboardPlus } from "lucide-react";
import { useLoaderData, useRevalidator } from "react-router";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { DefectRow } from "~/modules/inspections/defects/defect-row.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { readOpenDefects } from "~/queries/defects.server";
import { countUnmatchedDefects } from "~/queries/staff/inspection-list.server";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useNotices } from "~/ui/live/use-notices";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { CertifyForms } from "../../parts/certify/certify-forms";
import { defectCommands } from "./commands.server";
import { OrderChoice } from "./forms";

export const meta = () => [{ title: "Open defects" }];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const action = staff.commands(defectCommands);

export const loader = staff.loader(
  "inspection:read",
  async ({ services: { db, clock }, session, url }) => {
    const only = parseId("asset", url.searchParams.get("unit"));
    const now = clock.now();
    const units = (await readOpenDefects(db, only)).map((unit) => ({ ...unit, fresh: newId("workOrder", now) }));
    const wanted = parseId("workOrder", url.searchParams.get("order"));
    const unmatched = only ? 0 : await countUnmatchedDefects(db);
    return {
      units,
      unmatched,
      only,
      wanted,
      certifies: url.searchParams.has("certify"),
      person: session.membership.name,
      organizationId: session.organization.id,
    };
  },
  action,
);

type Unit = Awaited<ReturnType<typeof readOpenDefects>>[number] & { fresh: Parameters<typeof OrderChoice>[0]["fresh"] };
const isPlanned = ({ repair }: Unit["defects"][number]): boolean => repair?.lives === true && !["completed", "invoiced", "canceled"].includes(repair.state);

export default function OpenDefects() {
  const { units, unmatched, only, wanted, certifies, person, organizationId } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  useNotices({ organizationId, as: "staff", only: "inspection", reread: revalidate });
  const one = only ? units[0] : undefined;
  const free = units.some(({ defects }) => defects.some((it) => !isPlanned(it)));
  return (
    <>
      <PageHeader
        title="Open defects"
        mark={one && <UnitPlate number={one.unitNumber} size="medium" />}
        action={<TextLink to={only ? paths.staff.openDefects() : paths.staff.inspections}>{only ? "All units" : "All inspections"}</TextLink>}
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        {unmatched > 0 && (
          <Notice
            tone="amber"
            title={unmatched === 1 ? "1 more is of a unit that isn't matched yet" : `${unmatched} more are of units that aren't matched yet`}
          >
            <TextLink to={`${paths.staff.inspections}?show=unmatched`}>Match units</TextLink>
          </Notice>
        )}
        {units.length === 0 ? (
          <Empty title="No open defects" body="Defects that drivers report show up here until their repair is certified." />
        ) : (
          <>
            <CommandForm<typeof action> intent="add-to-order" className="grid gap-6">
              {units.map((unit) => (
                <UnitDefects key={unit.assetId} unit={unit} wanted={wanted} alone={one !== undefined} />
              ))}
              {free && (
                <div>
                  <SubmitButton icon={ClipboardPlus} pendingLabel="Adding">
                    {units.length === 1 ? "Add to work order" : "Add to work orders"}
                  </SubmitButton>
                </div>
              )}
            </CommandForm>
            {one && (
              <div className="flex flex-wrap items-start gap-3">
                <CertifyForms defects={one.defects} person={person} open={certifies} />
              </div>
            )}
          </>
        )}
      </PageBody>
    </>
  );
}

/** The open defects of a unit; those that no order has yet can be chosen for one. */
function UnitDefects({ unit, wanted, alone }: { unit: Unit; wanted: string | null; alone: boolean }) {
  const { assetId, unitNumber, defects, orders, fresh } = unit;
  const bars = defects.some(({ severity }) => severity === "safety");
  return (
    <section aria-label={`Unit ${unitNumber}`} className="grid gap-2">
      {!alone && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-lead">
            <UnitPlate number={unitNumber} state={bars ? "red" : "amber"} size="medium" />
          </h2>
          {bars && <StateMark tone="red" label="Do not operate" />}
          <TextLink to={paths.staff.asset(assetId)}>Unit {unitNumber}</TextLink>
          <TextLink to={paths.staff.openDefects(assetId)}>Certify repairs of unit {unitNumber}</TextLink>
        </div>
      )}
      <ul className="divide-y divide-line border-y border-line">
        {defects.map((defect) => (
          <li key={defect.id}>
            <DefectRow
              defect={defect}
              lead={
                isPlanned(defect) ? undefined : (
                  <input
                    type="checkbox"
                    name={defect.id}
                    value={assetId}
                    defaultChecked={alone || defect.severity === "safety"}
                    aria-label={`Add to the work order of unit ${unitNumber}`}
                    className="mt-0.5 size-5 shrink-0"
                  />
                )
              }
            >
              <p className="flex flex-wrap gap-x-4">
                <TextLink to={paths.staff.inspection(defect.inspectionId)}>Report</TextLink>
                {defect.repair && <TextLink to={paths.staff.order(defect.repair.orderId)}>{docketNumber(defect.repair.number)}</TextLink>}
              </p>
            </DefectRow>
          </li>
        ))}
      </ul>
      {defects.some((it) => !isPlanned(it)) && (
        <div className="max-w-96">
          <OrderChoice assetId={assetId} unitNumber={unitNumber} orders={orders} fresh={fresh} wanted={wanted} />
        </div>
      )}
    </section>
  );
}
