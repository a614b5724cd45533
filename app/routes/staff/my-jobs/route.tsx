import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { formatPromise, isLate } from "~/modules/work-orders/board/board-view";
import { OrderStateMark } from "~/modules/work-orders/state.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { readMyJobs } from "~/queries/staff/my-jobs.server";
import { Moment } from "~/ui/clock";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { DataList, DataRow } from "~/ui/list";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useShopRoom } from "../use-shop-room";

export const meta = () => [{ title: "My jobs" }];

export const loader = staff.loader("work-order:read", async ({ services, session }) => ({ orders: await readMyJobs(services.db, session.membership.id) }));

/** What the reader works on, in order, without any price. */
export default function MyJobs() {
  const { orders } = useLoaderData<typeof loader>();
  const { now } = useFormat();
  const { live } = useShopRoom(["work-order", "asset"]);
  return (
    <>
      <PageHeader title="My jobs" state={<LiveDot {...live} now={now} />} />
      <PageBody>
        {orders.length === 0 ? (
          <Empty title="No open jobs are yours" body="Orders you lead, and jobs with your name, come here." />
        ) : (
          <DataList label="My jobs">
            {orders.map((order) => (
              <DataRow
                key={order.id}
                to={paths.staff.myJob(order.id)}
                lead={<UnitPlate number={order.unitNumber} size="medium" />}
                title={<span className="text-lead">{order.title}</span>}
                detail={
                  <>
                    {docketNumber(order.number)} · {order.customer}
                    {order.promisedAt !== null && (
                      <>
                        {" · promised "}
                        <Moment at={order.promisedAt} />
                      </>
                    )}
                    <span className="grid sm:hidden">
                      <State order={order} />
                    </span>
                  </>
                }
                end={
                  <span className="grid justify-items-end max-sm:hidden">
                    <State order={order} />
                  </span>
                }
              />
            ))}
          </DataList>
        )}
      </PageBody>
    </>
  );
}

/** Below the name on a phone, at the row's end where there is room. */
function State({ order }: { order: Awaited<ReturnType<typeof readMyJobs>>[number] }) {
  const { now } = useFormat();
  return (
    <>
      {order.isClocked ? <StateMark bare tone="green" label="On your clock" /> : <OrderStateMark bare order={order} />}
      {isLate(order, now) && <StateMark bare tone="red" label={formatPromise(order, now) ?? "late"} />}
    </>
  );
}
