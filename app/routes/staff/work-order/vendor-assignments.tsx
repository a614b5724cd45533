import { Handshake } from "lucide-react";
import type { ComponentProps } from "react";
import { Form } from "react-router";
import type { OrderVendorJobs } from "~/modules/vendor-jobs/vendor-job.view";
import type { Order } from "~/modules/work-orders/order";
import { canEdit } from "~/modules/work-orders/work-order";
import { Button } from "~/ui/button";
import { LazySection, lazySection } from "~/ui/lazy-section";
import type { AtVendorsOf } from "./vendor-assignments.server";

const dialog = lazySection(() => import("./assign-vendor-dialog").then((file) => file.AssignVendorDialog));
const list = lazySection(() => import("~/modules/vendor-jobs/vendor-job.view").then((file) => file.OrderVendorJobs));

type AssignProps = { of: AtVendorsOf; order: Pick<Order, "id" | "state"> };

/** The button that sends out work. The dialog is a state of the URL, so it also opens without JavaScript. */
export function AssignVendor({ of: { decides, fresh, assigning }, order }: AssignProps) {
  if (canEdit(order.state) !== true) return null;
  return (
    <>
      <Form method="get" preventScrollReset>
        <Button type="submit" name="assign" value={fresh} icon={Handshake} blocked={decides ? null : "Only an owner or manager can assign work to vendors."}>
          Assign to vendor
        </Button>
      </Form>
      {assigning && <LazySection section={dialog} props={{ assigning, order }} />}
    </>
  );
}

type AtVendorsProps = Omit<ComponentProps<typeof OrderVendorJobs>, "rows" | "decides"> & { of: AtVendorsOf };

/** The order's vendor jobs and their states. */
export const AtVendors = ({ of: { rows, decides }, ...rest }: AtVendorsProps) =>
  rows.length === 0 ? null : <LazySection section={list} props={{ rows, decides, ...rest }} />;
