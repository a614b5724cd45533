import { ClipboardPlus } from "lucide-react";
import type { Id } from "~/kernel/ids";
import type { DefectHistory } from "~/modules/inspections/defects/defect-history";
import { docketNumber } from "~/modules/work-orders/work-order";
import { CommandForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import type { defectCommands } from "./commands.server";
import { orderField } from "./fields";

/** Any page whose action has the commands about defects. */
type Action = { commands: typeof defectCommands };
type Order = { id: Id<"workOrder">; number: number; title: string };
type OrderChoiceProps = { assetId: string; unitNumber: string; orders: readonly Order[]; fresh: Id<"workOrder">; wanted?: string | null };

/** Where a unit's defects go: an order that it has, or a new one. */
export function OrderChoice({ assetId, unitNumber, orders, fresh, wanted }: OrderChoiceProps) {
  return (
    <Select
      label={`Work order of unit ${unitNumber}`}
      name={orderField(assetId)}
      defaultValue={orders.find(({ id }) => id === wanted)?.id ?? orders[0]?.id ?? fresh}
    >
      {orders.map(({ id, number, title }) => (
        <option key={id} value={id}>
          {docketNumber(number)} {title}
        </option>
      ))}
      <option value={fresh}>New work order</option>
    </Select>
  );
}

/** All open defects of one unit that no order has yet, onto an order in one tap. */
export function AddToOrder({ defects, ...choice }: Omit<OrderChoiceProps, "assetId"> & { assetId: Id<"asset">; defects: readonly DefectHistory[] }) {
  if (defects.length === 0) return null;
  return (
    <CommandForm<Action> intent="add-to-order" className="flex flex-wrap items-end gap-3">
      {defects.map(({ id }) => (
        <input key={id} type="hidden" name={id} value={choice.assetId} />
      ))}
      <div className="min-w-56">
        <OrderChoice {...choice} />
      </div>
      <SubmitButton icon={ClipboardPlus} pendingLabel="Adding">
        {defects.length === 1 ? "Add the defect to the order" : `Add ${defects.length} defects to the order`}
      </SubmitButton>
    </CommandForm>
  );
}
