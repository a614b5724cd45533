import type { ReactNode } from "react";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { DefectRow } from "~/modules/inspections/defects/defect-row.view";
import { DefectPhotos } from "~/modules/inspections/photos.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import type { DefectItem } from "~/queries/defects.server";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";

type Photo = { id: Id<"attachment">; defectId: Id<"defect">; isVideo: boolean; arrived: boolean; opens: boolean };
type Found = { as: "staff" | "customer"; defects: readonly DefectItem[]; photos: readonly Photo[]; lead?: ReactNode; children?: ReactNode };

/** The defects that a report was the first to name, for staff and customers; a customer doesn't see drafts of orders. */
export function FoundDefects({ as, defects, photos, lead, children }: Found) {
  return (
    <Section title="Defects" count={defects.length}>
      {lead}
      {defects.length === 0 ? (
        <p className="text-ink-soft">The driver found no new defects.</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {defects.map((defect) => (
            <li key={defect.id}>
              <DefectRow defect={defect}>
                <RepairLink as={as} repair={defect.repair} />
                <DefectPhotos as={as} of={defectTitle(defect)} photos={photos.filter((photo) => photo.defectId === defect.id)} />
              </DefectRow>
            </li>
          ))}
        </ul>
      )}
      {children}
    </Section>
  );
}

function RepairLink({ as, repair }: { as: "staff" | "customer"; repair: DefectItem["repair"] }) {
  if (!repair || (as === "customer" && (!repair.lives || repair.state === "draft"))) return null;
  return (
    <p>
      {repair.lives ? "Repair on " : "Was added to "}
      <TextLink to={paths[as].order(repair.orderId)}>{docketNumber(repair.number)}</TextLink>
    </p>
  );
}

/** Defects of earlier reports that this one signs for, with a link to the first report of each. */
export function EarlierDefects({ as, title, defects }: { as: "staff" | "customer"; title: string; defects: readonly DefectItem[] }) {
  if (defects.length === 0) return null;
  return (
    <Section title={title} count={defects.length}>
      <ul className="divide-y divide-line border-y border-line">
        {defects.map((defect) => (
          <li key={defect.id}>
            <DefectRow defect={defect}>
              <TextLink to={paths[as].inspection(defect.inspectionId)}>First report</TextLink>
            </DefectRow>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Each defect once, however often a report reviews it. */
export const onceEach = (defects: readonly DefectItem[]): DefectItem[] => [...new Map(defects.map((defect) => [defect.id, defect])).values()];
