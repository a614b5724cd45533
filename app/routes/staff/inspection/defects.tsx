import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { DefectRow } from "~/modules/inspections/defects/defect-row.view";
import { DefectPhotos } from "~/modules/inspections/photos.view";
import { photosArrived } from "~/modules/inspections/report-marks";
import { docketNumber } from "~/modules/work-orders/work-order";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { AddToOrder, CertifyForms } from "../defect-forms";
import type { PageData } from "./data.server";

/** What the driver found, what was signed about it since, and what can be done. */
export function ReportDefects() {
  const { report, orders, fresh, person } = useLoaderData<PageData>();
  const { assetId, defects, photos, stillThere, reviewed, unitNumber } = report;
  const open = defects.filter(({ state }) => state === "open");
  const free = open.filter(({ repair }) => !repair?.lives || ["completed", "invoiced", "canceled"].includes(repair.state));
  const arrived = photosArrived({ photos: photos.length, arrived: photos.filter((photo) => photo.arrived).length });
  return (
    <>
      <Section title="Defects" count={defects.length}>
        {arrived && <p className="text-ink-soft">{arrived}</p>}
        {defects.length === 0 ? (
          <p className="text-ink-soft">The driver found no new defects.</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {defects.map((defect) => (
              <li key={defect.id}>
                <DefectRow defect={defect}>
                  {defect.repair && (
                    <p>
                      {defect.repair.lives ? "Repair on " : "Was added to "}
                      <TextLink to={paths.staff.order(defect.repair.orderId)}>{docketNumber(defect.repair.number)}</TextLink>
                    </p>
                  )}
                  <DefectPhotos as="staff" of={defectTitle(defect)} photos={photos.filter((photo) => photo.defectId === defect.id)} />
                </DefectRow>
              </li>
            ))}
          </ul>
        )}
        {assetId && <AddToOrder assetId={assetId} unitNumber={unitNumber} defects={free} orders={orders} fresh={fresh} />}
        <div className="flex flex-wrap items-start gap-3 pt-1">
          <CertifyForms defects={open} person={person} />
        </div>
      </Section>
      {stillThere.length > 0 && (
        <Section title="Still there" count={stillThere.length}>
          <ul className="divide-y divide-line border-y border-line">
            {stillThere.map(({ defect }) => (
              <li key={defect.id}>
                <DefectRow defect={defect}>
                  <TextLink to={paths.staff.inspection(defect.inspectionId)}>First report</TextLink>
                </DefectRow>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {reviewed.length > 0 && (
        <Section title="Repairs reviewed" count={reviewed.length}>
          <ul className="divide-y divide-line border-y border-line">
            {reviewed.map(({ defect, review }) => (
              <li key={`${defect.id}-${review.round}`}>
                <DefectRow defect={defect}>
                  <TextLink to={paths.staff.inspection(defect.inspectionId)}>First report</TextLink>
                </DefectRow>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
