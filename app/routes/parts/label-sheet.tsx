import { Link } from "react-router";
import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { PrintButton } from "~/ui/print-button";
import { QrCode } from "~/ui/qr";
import { UnitPlate } from "~/ui/unit-plate";

type Unit = { id: string; unitNumber: string; vin: string | null; year: number | null; make: string | null; model: string | null };
type Props = { units: readonly Unit[]; shop: { name: string; phone: string | null }; origin: string; back: string };

/** Labels of units on sheets of paper: the driver's app scans them, and at the shop they open the unit's page. */
export function LabelSheet({ units, shop, origin, back }: Props) {
  return (
    <div className="density-staff mx-auto grid max-w-240 gap-5 bg-panel p-6 print:p-0">
      <div className="no-print flex flex-wrap items-center justify-between gap-3">
        <Link to={back} className="inline-flex min-h-(--target) items-center text-accent underline">
          Back
        </Link>
        {units.length > 0 && <PrintButton />}
      </div>
      <main id="main" className="grid gap-4">
        <h1 className="text-title print:sr-only">Labels of {units.length === 1 ? "1 unit" : `${units.length} units`}</h1>
        {units.length === 0 && <p>There is no unit to print a label of.</p>}
        <ul className="grid gap-4 sm:grid-cols-2 md:grid-cols-3 print:grid-cols-3">
          {units.map((unit) => (
            <li key={unit.id} className="grid break-inside-avoid content-start justify-items-center gap-2 border-2 border-ink p-3 text-center">
              <UnitPlate number={unit.unitNumber} size="large" />
              <QrCode text={origin + paths.staff.asset(unit.id)} label={`QR code of unit ${unit.unitNumber}`} className="size-40" />
              <p className="font-mono text-small">{unit.vin ?? ""}</p>
              <p className="text-small">{nameOfAsset(unit)}</p>
              <p className="text-small">{[shop.name, shop.phone].filter(Boolean).join(" · ")}</p>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
