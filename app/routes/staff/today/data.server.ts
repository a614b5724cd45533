import { addDays } from "~/kernel/days";
import { may } from "~/kernel/permissions";
import { dayOf, startOfNamedDay } from "~/kernel/time";
import { describeFault, faultOf } from "~/modules/telematics/faults/faults";
import type { Authed } from "~/platform/http/authed.server";
import { readWaitingMaintenance } from "~/queries/maintenance-list.server";
import { readMoneyToday, readToday, readVendorDecisions } from "~/queries/staff/today.server";

const MOST_SERVICES = 6;

/** What waits for the shop, as far as the reader's role goes. */
export async function todayPage({ services, session }: Authed<"staff">) {
  const now = services.clock.now();
  const { zone } = session.organization;
  const { id: me, role } = session.membership;
  const today = dayOf(now, zone);
  const endOfDay = startOfNamedDay(addDays(today, 1), zone) ?? now;
  const mayDo = (permission: string) => may("staff", role, permission);
  const [work, money, vendorJobs, maintenance] = await Promise.all([
    readToday(services.db, { me, now, today, endOfDay }),
    mayDo("invoice:read") ? readMoneyToday(services.db, { now, today }) : null,
    mayDo("vendor-job:manage") ? readVendorDecisions(services.db) : null,
    mayDo("maintenance:read") ? readWaitingMaintenance(services.db, MOST_SERVICES) : null,
  ]);
  return {
    ...work,
    faults: work.faults.map(({ codes, ...unit }) => ({
      ...unit,
      faults: codes
        .split(",")
        .flatMap((key) => faultOf(key) ?? [])
        .map(describeFault),
    })),
    ...(money ?? { toInvoice: [], overdue: [], lateTransfers: [] }),
    vendorJobs: vendorJobs ?? [],
    maintenance: maintenance?.rows ?? [],
    moreMaintenance: maintenance?.more ?? false,
    /** What a new shop does first, as far as the reader may. */
    first: { customers: mayDo("customer:manage"), people: mayDo("people:manage") },
  };
}

export type PageData = Awaited<ReturnType<typeof todayPage>>;
