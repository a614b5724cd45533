import { may } from "~/kernel/permissions";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { readCustomerNames } from "~/modules/customers/customer-names.read.server";
import { readAssetDevices } from "~/modules/telematics/devices/asset-devices.read.server";
import type { Authed } from "~/platform/http/authed.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readWaitingDefects } from "~/queries/defects.server";
import { readInspectionsOf } from "~/queries/inspections.server";
import { readDueOf } from "~/queries/maintenance-list.server";
import { readDeferredWork } from "~/queries/staff/estimate-record.server";
import { readUnbilledOrders } from "~/queries/staff/unbilled-orders.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";

export async function assetPage({ services, session, id: idOf, url }: Authed<"staff">) {
  const id = idOf("asset");
  const mayManage = may("staff", session.membership.role, "asset:manage");
  const record = orNotFound(await readUnitRecord(services.db, id));
  const { unit } = record;
  const [customers, unbilled, devices, deferred, attachments, defects, inspections, maintenance] = await Promise.all([
    mayManage ? readCustomerNames(services.db) : [],
    mayManage ? readUnbilledOrders(services.db, { assetId: id, customerId: unit.customerId }) : [],
    readAssetDevices(services.db, id),
    readDeferredWork(services.db, id),
    readAttachments(services, { kind: "asset", id }, url.searchParams.get("files")),
    readWaitingDefects(services.db, id),
    readInspectionsOf(services.db, id),
    readDueOf(services.db, id),
  ]);
  return {
    ...record,
    customers,
    unbilled,
    devices,
    deferred,
    attachments,
    defects,
    inspections,
    maintenance: maintenance.map((row) => ({ ...row, isOrdered: row.openOrder !== null })),
  };
}

export type PageData = Awaited<ReturnType<typeof assetPage>>;
