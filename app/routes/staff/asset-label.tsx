import { Link, useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { PrintButton } from "~/ui/print-button";
import { QrCode } from "~/ui/qr";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = ({ loaderData }: { loaderData?: { unit: { unitNumber: string } } }) => [
  { title: loaderData ? `Label for unit ${loaderData.unit.unitNumber}` : "Label" },
];

export const loader = staff.loader("asset:read", async ({ services, session, params }) => {
  const id = orNotFound(parseId("asset", params.assetId));
  const { unit } = orNotFound(await readUnitRecord(services.db, id));
  const { name, phone, publicOrigin } = session.organization;
  return { unit, shop: { name, phone }, address: publicOrigin + paths.staff.asset(id) };
});

/** A label for the unit: anyone at the shop who scans it gets the unit's page. */
export default function AssetLabel() {
  const { unit, shop, address } = useLoaderData<typeof loader>();
  return (
    <div className="density-staff mx-auto grid max-w-96 gap-5 bg-panel p-6 print:p-0">
      <div className="no-print flex flex-wrap items-center justify-between gap-3">
        <Link to={paths.staff.asset(unit.id)} className="inline-flex min-h-(--target) items-center text-accent underline">
          Back to the unit
        </Link>
        <PrintButton />
      </div>
      <main id="main" className="grid justify-items-center gap-3 border-2 border-ink p-4 text-center">
        <h1 className="sr-only">Label for unit {unit.unitNumber}</h1>
        <UnitPlate number={unit.unitNumber} size="wall" />
        <QrCode text={address} label={`QR code that opens unit ${unit.unitNumber}`} className="size-56" />
        <p className="font-mono text-small">{unit.vin ?? ""}</p>
        <p>{nameOfAsset(unit)}</p>
        <p className="text-small">{[shop.name, shop.phone].filter(Boolean).join(" · ")}</p>
      </main>
    </div>
  );
}
