import { paths } from "~/kernel/paths";
import { nameOfAsset } from "~/modules/assets/asset";
import { DueText, ScheduleMark, scheduleTones } from "~/modules/maintenance/schedule.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import type { MaintenanceRow } from "~/queries/maintenance-list.server";
import { DataTable } from "~/ui/data-table";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";

/** Schedules with a checkbox each; what is on an open work order has that order instead of one that can be checked again. */
export function MaintenanceTable({ rows }: { rows: readonly MaintenanceRow[] }) {
  return (
    <DataTable
      caption="Maintenance"
      rows={rows}
      rowKey={({ id }: MaintenanceRow) => id}
      rowTo={({ assetId }) => paths.staff.assetMaintenance(assetId)}
      selection={({ id, name, unitNumber, openOrder }) => (openOrder ? null : { name: `pick-${id}`, value: "on", label: `${name}, unit ${unitNumber}` })}
      columns={[
        { key: "unit", title: "Unit", cell: ({ unitNumber, state }) => <UnitPlate number={unitNumber} state={scheduleTones[state]} /> },
        {
          key: "name",
          title: "Maintenance",
          wraps: true,
          cell: (row) => (
            <span className="grid min-w-0">
              <span>{row.name}</span>
              <span className="text-small text-ink-soft">
                {nameOfAsset(row)}, {row.customer}
              </span>
              <span className="text-small sm:hidden">
                <DueText {...row} />
                {row.openOrder && (
                  <span className="relative z-10 block w-fit">
                    On <TextLink to={paths.staff.order(row.openOrder.id)}>{docketNumber(row.openOrder.number)}</TextLink>
                  </span>
                )}
              </span>
            </span>
          ),
        },
        { key: "due", title: "Due", wraps: true, from: "sm", cell: (row) => <DueText {...row} /> },
        { key: "state", title: "State", cell: ({ state }) => <ScheduleMark state={state} /> },
        {
          key: "order",
          title: "Work order",
          from: "sm",
          cell: ({ openOrder }) =>
            openOrder && (
              <span className="relative z-10">
                <TextLink to={paths.staff.order(openOrder.id)}>{docketNumber(openOrder.number)}</TextLink>
              </span>
            ),
        },
      ]}
    />
  );
}
