import { useLoaderData } from "react-router";
import { photosArrived } from "~/modules/inspections/report-marks";
import { CertifyForms } from "../../parts/certify/certify-forms";
import { EarlierDefects, FoundDefects, onceEach } from "../../parts/report-defects";
import { AddToOrder } from "../open-defects/forms";
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
      <FoundDefects as="staff" defects={defects} photos={photos} lead={arrived && <p className="text-ink-soft">{arrived}</p>}>
        {assetId && <AddToOrder assetId={assetId} unitNumber={unitNumber} defects={free} orders={orders} fresh={fresh} />}
        <div className="flex flex-wrap items-start gap-3 pt-1">
          <CertifyForms defects={open} person={person} isNext={free.length === 0} />
        </div>
      </FoundDefects>
      <EarlierDefects as="staff" title="Still there" defects={stillThere.map(({ defect }) => defect)} />
      <EarlierDefects as="staff" title="Repairs reviewed" defects={onceEach(reviewed.map(({ defect }) => defect))} />
    </>
  );
}
