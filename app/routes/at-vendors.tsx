import { Form } from "@remix-run/react";
import { Handshake } from "lucide-react";
import { paths } from "~/kernel/paths";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { AssignForm } from "~/modules/vendor-jobs/assign-form.view";
import { type Currency, OrderVendorJobs } from "~/modules/vendor-jobs/vendor-job.view";
import type { Order } from "~/modules/work-orders/order";
import { canEdit, canWait } from "~/modules/work-orders/work-order";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import type { MomentOptions } from "~/ui/moment";
import type { readAtVendors } from "./at-vendors.server";

type AtVendorsOf = Awaited<ReturnType<typeof readAtVendors>>;

type DialogProps = { of: AtVendorsOf; order: Pick<Order, "id" | "state">; currency: string; moment: MomentOptions };

/** The way to send an order's work out. The dialog is a state of the address, so it opens without scripts too. */
export function AssignVendorDialog({ of: { decides, fresh, assigning }, order, currency, moment }: DialogProps) {
  if (canEdit(order.state) !== true) return null;
  return (
    <>
      <Form method="get" preventScrollReset>
        <Button type="submit" name="assign" value={fresh} icon={Handshake} blocked={decides ? null : "An owner or manager sends work out."}>
          Assign to vendor
        </Button>
      </Form>
      {assigning && (
        <Dialog title="Assign to vendor" open closeTo={paths.staff.order(order.id)}>
          <AssignForm
            action={paths.staff.assignVendorAs(order.id, assigning.id)}
            id={assigning.id}
            after={null}
            vendors={assigning.vendors}
            start={assigning.start}
            currency={currency}
            canHold={canWait(order.state)}
          >
            <AttachmentPanel
              {...assigning.attachments}
              moment={moment}
              shareWith={["vendor"]}
              sharesAtFirst="always"
              empty="Photos that show the problem, and papers that help."
            />
          </AssignForm>
        </Dialog>
      )}
    </>
  );
}

/** What of the order is at vendors, and how it stands. */
export const AtVendors = ({ of: { rows, decides }, moment, ...money }: Currency & { of: AtVendorsOf; moment: MomentOptions }) => (
  <OrderVendorJobs rows={rows} decides={decides} moment={moment} {...money} />
);
