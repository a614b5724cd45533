import { DataTable } from "~/ui/data-table";
import { useFormat } from "~/ui/format";
import { UnitPlate } from "~/ui/unit-plate";

type Missing = { day: string; assetId: string; unitNumber: string; customer: string; drivers: readonly string[] };
type Props = { rows: readonly Missing[]; unitTo(id: string): string; withCustomer?: boolean };

/** Units that drove on a day without an inspection, with who had them. */
export function MissingTable({ rows, unitTo, withCustomer = false }: Props) {
  const format = useFormat();
  return (
    <DataTable
      caption="Missing inspections"
      rows={rows}
      rowKey={({ day, assetId }: Missing) => `${day}-${assetId}`}
      rowTo={({ assetId }) => unitTo(assetId)}
      columns={[
        { key: "unit", title: "Unit", cell: ({ unitNumber }) => <UnitPlate number={unitNumber} /> },
        { key: "day", title: "Day", cell: ({ day }) => format.day(day) },
        {
          key: "drivers",
          title: "Driver",
          wraps: true,
          cell: ({ drivers, customer }) => (
            <span className="grid">
              <span>{drivers.length > 0 ? drivers.join(", ") : <span className="text-ink-soft">nobody assigned</span>}</span>
              {withCustomer && <span className="text-small text-ink-soft">{customer}</span>}
            </span>
          ),
        },
      ]}
    />
  );
}
