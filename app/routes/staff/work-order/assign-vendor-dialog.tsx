import { paths } from "~/kernel/paths";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { AssignForm } from "~/modules/vendor-jobs/assignment/assignment-form.view";
import type { Order } from "~/modules/work-orders/order";
import { canHold } from "~/modules/work-orders/work-order";
import { Dialog } from "~/ui/dialog";
import type { AtVendorsOf } from "./vendor-assignments.server";

type Props = {
  assigning: NonNullable<AtVendorsOf["assigning"]>;
  order: Pick<Order, "id" | "state">;
};

export function AssignVendorDialog({ assigning, order }: Props) {
  return (
    <Dialog title="Assign to vendor" open closeTo={paths.staff.order(order.id)}>
      <AssignForm
        action={paths.staff.assignVendorAs(order.id, assigning.id)}
        id={assigning.id}
        after={null}
        vendors={assigning.vendors}
        start={assigning.start}
        photos={assigning.photos}
        canHold={canHold(order.state)}
      >
        <AttachmentPanel
          {...assigning.attachments}
          shareWith={["vendor"]}
          sharesAtFirst="always"
          empty="Add photos of the problem and any helpful documents."
        />
      </AssignForm>
    </Dialog>
  );
}
