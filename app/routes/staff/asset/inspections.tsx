import { Wrench } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { DefectRow } from "~/modules/inspections/defects/defect-row.view";
import { InspectionTable } from "~/modules/inspections/inspection-table.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { ButtonLink } from "~/ui/button";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import type { PageData } from "./data.server";

/** Defects of the unit that are open or wait for a driver's review, and its last inspections. */
export function AssetInspections() {
  const { unit, defects, inspections } = useLoaderData<PageData>();
  const open = defects.some(({ state }) => state === "open");
  return (
    <>
      {defects.length > 0 && (
        <Section
          title="Defects"
          count={defects.length}
          action={
            open && (
              <ButtonLink to={paths.staff.openDefects(unit.id)} icon={Wrench}>
                Add to work order or certify
              </ButtonLink>
            )
          }
        >
          <ul className="divide-y divide-line border-y border-line">
            {defects.map((defect) => (
              <li key={defect.id}>
                <DefectRow defect={defect}>
                  <p className="flex flex-wrap gap-x-4">
                    <TextLink to={paths.staff.inspection(defect.inspectionId)}>Report</TextLink>
                    {defect.repair && <TextLink to={paths.staff.order(defect.repair.orderId)}>{docketNumber(defect.repair.number)}</TextLink>}
                  </p>
                </DefectRow>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {inspections.length > 0 && (
        <Section
          title="Last inspections"
          action={
            <span className="flex flex-wrap gap-x-4">
              <TextLink to={paths.staff.roadside(unit.id)}>Roadside page</TextLink>
              <TextLink to={`${paths.staff.inspections}?q=${encodeURIComponent(unit.unitNumber)}`}>All of them</TextLink>
            </span>
          }
        >
          <InspectionTable caption="Last inspections of this unit" rows={inspections} rowTo={paths.staff.inspection} withUnit={false} />
        </Section>
      )}
    </>
  );
}
