import { paths } from "~/kernel/paths";
import { DefectRow } from "~/modules/inspections/defects/defect-row.view";
import { InspectionTable } from "~/modules/inspections/inspection-table.view";
import type { readWaitingDefects } from "~/queries/defects.server";
import type { readInspectionsOf } from "~/queries/inspections.server";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

type Props = {
  unitId: string;
  defects: Awaited<ReturnType<typeof readWaitingDefects>>;
  inspections: Awaited<ReturnType<typeof readInspectionsOf>>;
  certifies: boolean;
};

/** Defects of a customer's unit that wait for a repair or a driver's review, and its last inspections. */
export function UnitInspections({ unitId, defects, inspections, certifies }: Props) {
  return (
    <>
      {defects.length > 0 && (
        <Section title="Defects" count={defects.length}>
          <ul className="divide-y divide-line border-y border-line">
            {defects.map((defect) => (
              <li key={defect.id}>
                <DefectRow defect={defect}>
                  <TextLink to={paths.customer.inspection(defect.inspectionId)}>
                    {certifies && defect.state === "open" ? "Report and certification" : "Report"}
                  </TextLink>
                </DefectRow>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {inspections.length > 0 && (
        <Section
          title="Inspections"
          action={
            <span className="flex flex-wrap gap-x-4">
              <TextLink to={paths.customer.roadside(unitId)}>Roadside page</TextLink>
              <TextLink to={paths.customer.inspections}>All inspections</TextLink>
            </span>
          }
        >
          <InspectionTable caption="Last inspections of this unit" rows={inspections} rowTo={paths.customer.inspection} withUnit={false} />
        </Section>
      )}
    </>
  );
}
