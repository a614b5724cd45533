import { createHmac } from "node:crypto";
import type { Portal } from "~/kernel/audience";
import { paths } from "~/kernel/paths";
import type { Role } from "~/kernel/permissions";
import { ticketOf, ticketText } from "~/modules/attachments/upload/ticket";
import { demoId } from "../../local/demo/ids.ts";
import { developmentSecrets } from "../../local/settings.ts";

type Shop = "harbor" | "ridge";
export type Expectation =
  | { open: string }
  | {
      portal: Portal;
      /** Staff roles that may come in; everybody of a portal may. */
      roles?: readonly Role[];
      /** The address as each shop's people use it. */
      path: Record<Shop, string>;
      /** By actor's name, where people of one shop have records of their own at it. */
      own?: Record<string, string>;
      /** What only the owner of the record reads there, by actor's name or shop; absent where a page is the same for all. */
      shows: Record<string, string>;
      /** Who of the same shop and portal gets 404 there: it is another customer's record. */
      notOf?: readonly string[];
      /** What another shop's id answers. A new record's page is empty for any id that is not its own. */
      foreign?: 404 | "empty";
    };

const all: readonly Role[] = ["owner", "manager", "technician"];
const managers: readonly Role[] = ["owner", "manager"];
const same = (path: string): Record<Shop, string> => ({ harbor: path, ridge: path });
const customer = { harbor: `/customers/${demoId("customer", "harbor northline")}`, ridge: `/customers/${demoId("customer", "ridge lakeshore")}` };
const customerRecords = (rest: string) => ({ harbor: customer.harbor + rest, ridge: customer.ridge + rest });
const recordTitles = (start: string) => ({ harbor: `${start} Northline Freight`, ridge: `${start} Lakeshore Produce` });
const driver = { harbor: `/drivers/${demoId("driver", "harbor dana")}`, ridge: `/drivers/${demoId("driver", "ridge inez")}` };
const contact = {
  harbor: `${customer.harbor}/contacts/${demoId("contact", "harbor northline")}`,
  ridge: `${customer.ridge}/contacts/${demoId("contact", "ridge lakeshore")}`,
};
const asset = { harbor: `/fleet/${demoId("asset", "harbor 101")}/trail`, ridge: `/fleet/${demoId("asset", "ridge 21")}/trail` };
const attachment = (key: string, after = "") => ({
  harbor: `/files/${demoId("attachment", `harbor ${key}`)}${after}`,
  ridge: `/files/${demoId("attachment", `ridge ${key}`)}${after}`,
});
const ticket = (
  shop: Shop,
  holder: { audience: Portal; partyId: string | null },
  record: { kind: "customer" | "workOrder" | "vendorJob"; id: string },
): string => {
  const text = ticketText({ organizationId: demoId("organization", shop), ...holder }, record);
  return ticketOf(record, createHmac("sha256", developmentSecrets.LINK_KEY).update(text).digest("base64url"));
};
/** Where a page that shows a shop's customer sends a file from a plain form. */
const addFile = (shop: Shop, customerKey: string): string =>
  paths.staff.addFile(ticket(shop, { audience: "staff", partyId: null }, { kind: "customer", id: demoId("customer", `${shop} ${customerKey}`) }));
const vendor = { harbor: `/settings/vendors/${demoId("vendor", "harbor gearworks")}`, ridge: `/settings/vendors/${demoId("vendor", "ridge dunes")}` };
const vendorJob = (root: string) => ({
  harbor: `${root}/${demoId("vendorJob", "harbor flywheel")}`,
  ridge: `${root}/${demoId("vendorJob", "ridge refrigerant")}`,
});
const aVendorJob = { harbor: "Heat-checked", ridge: "blows warm" };
/** Where a vendor's job sends a file from a plain form. */
const addVendorFile = (shop: Shop, vendorKey: string, jobKey: string): string =>
  paths.vendor.addFile(
    ticket(
      shop,
      { audience: "vendor", partyId: demoId("vendor", `${shop} ${vendorKey}`) },
      { kind: "vendorJob", id: demoId("vendorJob", `${shop} ${jobKey}`) },
    ),
  );
const vendorFile = (after = "") => ({
  harbor: `/vendor-portal/files/${demoId("attachment", "harbor flywheel")}${after}`,
  ridge: `/vendor-portal/files/${demoId("attachment", "ridge refrigerant")}${after}`,
});

const inspection = (root: string, rest = "") => ({
  harbor: `${root}/${demoId("inspection", "harbor brakes")}${rest}`,
  ridge: `${root}/${demoId("inspection", "ridge body")}${rest}`,
});
const unit = (rest = ""): Record<Shop, string> => ({
  harbor: `/assets/${demoId("asset", "harbor 101")}${rest}`,
  ridge: `/assets/${demoId("asset", "ridge 21")}${rest}`,
});
const maintenanceTemplate = (rest = ""): Record<Shop, string> => ({
  harbor: `/maintenance/templates/${demoId("maintenanceTemplate", "harbor service")}${rest}`,
  ridge: `/maintenance/templates/${demoId("maintenanceTemplate", "ridge service")}${rest}`,
});
const order = { harbor: demoId("workOrder", "harbor 1005"), ridge: demoId("workOrder", "ridge 1001") };
const job = { harbor: demoId("job", "harbor 1005 1"), ridge: demoId("job", "ridge 1001 1") };
const orderPath = (rest = ""): Record<Shop, string> => ({ harbor: `/work-orders/${order.harbor}${rest}`, ridge: `/work-orders/${order.ridge}${rest}` });
/** Where a customer's page of an order sends a file from a plain form. */
const addPortalFile = (shop: Shop, customerKey: string, number: string): string =>
  paths.customer.addFile(
    ticket(
      shop,
      { audience: "customer", partyId: demoId("customer", `${shop} ${customerKey}`) },
      { kind: "workOrder", id: demoId("workOrder", `${shop} ${number}`) },
    ),
  );
const portalFile = (key: string) => `/portal/files/${demoId("attachment", key)}`;
const portalUnit = (key: string) => `/portal/assets/${demoId("asset", key)}`;
const portalOrder = (key: string) => `/portal/work-orders/${demoId("workOrder", key)}`;
const canned = {
  harbor: `/settings/canned-jobs/${demoId("cannedJob", "harbor a-service")}`,
  ridge: `/settings/canned-jobs/${demoId("cannedJob", "ridge pm")}`,
};
const invoice = (root: string, rest = "") => ({
  harbor: `${root}/${demoId("invoice", "harbor 1013")}${rest}`,
  ridge: `${root}/${demoId("invoice", "ridge 1004")}${rest}`,
});
// A PDF proves itself by its title, which it holds in plain text; its pages are compressed.
const finishedOrder = (root: string) => ({
  harbor: `${root}/${demoId("workOrder", "harbor 1013")}/pdf`,
  ridge: `${root}/${demoId("workOrder", "ridge 1004")}/pdf`,
});
const estimateKeys: Record<Shop, string> = { harbor: "steer", ridge: "reefer" };
const estimate = (base: string, rest: (shop: Shop, key: string) => string = () => ""): Record<Shop, string> => {
  const path = (shop: Shop) => `${base}/${demoId("estimate", `${shop} ${estimateKeys[shop]}`)}${rest(shop, estimateKeys[shop])}`;
  return { harbor: path("harbor"), ridge: path("ridge") };
};
const anEstimate = { harbor: "Steer axle: king pins", ridge: "fuel tank straps" };
const anOrder = { harbor: "DPF pressure sensor", ridge: "King pins" };

/** What each address of the map must answer, to whom. A new address without an entry fails the matrix. */
export const expectations: Record<string, Expectation> = {
  "/": { portal: "staff", roles: all, path: same("/"), shows: { harbor: "Air leak at rear axle", ridge: "Reefer unit belt" } },
  "/fleet": { portal: "staff", roles: all, path: same("/fleet"), shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" } },
  "/board": { portal: "staff", roles: all, path: same("/board"), shows: { harbor: "Air leak at rear axle", ridge: "Reefer unit belt" } },
  "/board/wall": { portal: "staff", roles: all, path: same("/board/wall"), shows: { harbor: "SG-1", ridge: "Reefer unit belt" } },
  "/my-jobs": { portal: "staff", roles: all, path: same("/my-jobs"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/my-jobs/:orderId": {
    portal: "staff",
    roles: all,
    path: { harbor: `/my-jobs/${order.harbor}`, ridge: `/my-jobs/${order.ridge}` },
    shows: anOrder,
    foreign: 404,
  },
  "/views": { portal: "staff", roles: all, path: same("/views?list=invoices"), shows: { harbor: "Only you see your views", ridge: "Only you see your views" } },
  "/work-orders": { portal: "staff", roles: all, path: same("/work-orders"), shows: { harbor: "Air leak at rear axle", ridge: "Reefer unit belt" } },
  "/work-orders.csv": { portal: "staff", roles: all, path: same("/work-orders.csv"), shows: { harbor: "Air leak at rear axle", ridge: "Reefer unit belt" } },
  "/work-orders/new": { portal: "staff", roles: all, path: same("/work-orders/new"), shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" } },
  "/work-orders/:orderId": { portal: "staff", roles: all, path: orderPath(), shows: anOrder, foreign: 404 },
  "/work-orders/:orderId/sheet": { portal: "staff", roles: all, path: orderPath("/sheet"), shows: anOrder, foreign: 404 },
  "/work-orders/:orderId/pdf": {
    portal: "staff",
    roles: all,
    path: finishedOrder("/work-orders"),
    shows: { harbor: "Work summary WO-1013 · Northline Freight", ridge: "Work summary WO-1004 · Lakeshore Produce" },
    foreign: 404,
  },
  "/work-orders/:orderId/jobs/:jobId": {
    portal: "staff",
    roles: all,
    path: {
      harbor: `/work-orders/${order.harbor}/jobs/${job.harbor}`,
      ridge: `/work-orders/${order.ridge}/jobs/${job.ridge}`,
    },
    shows: anOrder,
    foreign: 404,
  },
  "/estimates": { portal: "staff", roles: all, path: same("/estimates"), shows: { harbor: "Steer axle: king pins", ridge: "fuel tank straps" } },
  "/estimates.csv": { portal: "staff", roles: all, path: same("/estimates.csv"), shows: { harbor: "Steer axle: king pins", ridge: "fuel tank straps" } },
  "/estimates/new": { portal: "staff", roles: all, path: same("/estimates/new"), shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" } },
  "/estimates/:estimateId": { portal: "staff", roles: all, path: estimate("/estimates"), shows: anEstimate, foreign: 404 },
  "/estimates/:estimateId/pdf": {
    portal: "staff",
    roles: all,
    path: estimate("/estimates", () => "/pdf"),
    shows: { harbor: "· Northline Freight", ridge: "· Lakeshore Produce" },
    foreign: 404,
  },
  "/estimates/:estimateId/lines/:lineId": {
    portal: "staff",
    roles: all,
    path: estimate("/estimates", (shop, key) => `/lines/${demoId("line", `${shop} estimate ${key} 0 0`)}`),
    shows: { harbor: "What we found.png", ridge: "What we found.png" },
    foreign: 404,
  },
  "/inspections": { portal: "staff", roles: all, path: same("/inspections"), shows: { harbor: "Dana Whitfield", ridge: "Inez Kowalski" } },
  "/inspections.csv": { portal: "staff", roles: all, path: same("/inspections.csv"), shows: { harbor: "Dana Whitfield", ridge: "Inez Kowalski" } },
  "/inspections/missing": {
    portal: "staff",
    roles: all,
    path: same("/inspections/missing"),
    shows: { harbor: "Missing inspections", ridge: "Missing inspections" },
  },
  "/inspections/new": { portal: "staff", roles: all, path: same("/inspections/new"), shows: { harbor: "Find the unit", ridge: "Find the unit" } },
  "/inspections/defects": {
    portal: "staff",
    roles: all,
    path: same("/inspections/defects"),
    shows: { harbor: "Air leak at the left rear chamber", ridge: "Step on the driver&#x27;s side wobbles" },
  },
  "/inspections/:inspectionId": {
    portal: "staff",
    roles: all,
    path: inspection("/inspections"),
    shows: { harbor: "Air leak at the left rear chamber", ridge: "Step on the driver&#x27;s side wobbles" },
    foreign: 404,
  },
  "/inspections/:inspectionId/report.pdf": {
    portal: "staff",
    roles: all,
    path: inspection("/inspections", "/report.pdf"),
    shows: { harbor: "Vehicle inspection Unit 102 · Northline Freight", ridge: "Vehicle inspection Unit 21 · Lakeshore Produce" },
    foreign: 404,
  },
  "/assets": { portal: "staff", roles: all, path: same("/assets"), shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" } },
  "/assets.csv": { portal: "staff", roles: all, path: same("/assets.csv"), shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" } },
  "/assets/:assetId": { portal: "staff", roles: all, path: unit(), shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" }, foreign: 404 },
  "/assets/:assetId/meters": {
    portal: "staff",
    roles: all,
    path: unit("/meters"),
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
    foreign: 404,
  },
  "/assets/:assetId/maintenance": {
    portal: "staff",
    roles: all,
    path: unit("/maintenance"),
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
    foreign: 404,
  },
  "/assets/:assetId/maintenance/:scheduleId": {
    portal: "staff",
    roles: all,
    path: {
      harbor: unit(`/maintenance/${demoId("schedule", "harbor 101 Annual DOT inspection")}`).harbor,
      ridge: unit(`/maintenance/${demoId("schedule", "ridge 21 Annual DOT inspection")}`).ridge,
    },
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
    foreign: 404,
  },
  "/maintenance": { portal: "staff", roles: all, path: same("/maintenance"), shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" } },
  "/maintenance.csv": { portal: "staff", roles: all, path: same("/maintenance.csv"), shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" } },
  "/maintenance/templates": {
    portal: "staff",
    roles: all,
    path: same("/maintenance/templates"),
    shows: { harbor: "Highway A-service", ridge: "Ridge PM service" },
  },
  "/maintenance/templates/:maintenanceTemplateId": {
    portal: "staff",
    roles: managers,
    path: maintenanceTemplate(),
    shows: { harbor: "Highway A-service", ridge: "Ridge PM service" },
    foreign: "empty",
  },
  "/maintenance/templates/:maintenanceTemplateId/units": {
    portal: "staff",
    roles: managers,
    path: maintenanceTemplate("/units"),
    shows: { harbor: "Highway A-service", ridge: "Ridge PM service" },
    foreign: 404,
  },
  "/calendar/:token": { open: "the calendar behind a secret address" },
  "/portal/maintenance": {
    portal: "customer",
    path: same("/portal/maintenance"),
    shows: { harbor: "Highway A-service", ridge: "Ridge PM service" },
  },
  "/assets/:assetId/label": { portal: "staff", roles: all, path: unit("/label"), shows: { harbor: "Cascadia 125", ridge: "Cascadia 126" }, foreign: 404 },
  "/assets/:assetId/roadside": {
    portal: "staff",
    roles: all,
    path: unit("/roadside"),
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
    foreign: 404,
  },
  "/assets/:assetId/edit": {
    portal: "staff",
    roles: managers,
    path: unit("/edit"),
    shows: { harbor: "Cascadia 125", ridge: "Cascadia 126" },
    foreign: "empty",
  },
  "/customers": { portal: "staff", roles: all, path: same("/customers"), shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" } },
  "/customers.csv": { portal: "staff", roles: all, path: same("/customers.csv"), shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" } },
  "/customers/:customerId/labels": {
    portal: "staff",
    roles: all,
    path: { harbor: `${customer.harbor}/labels`, ridge: `${customer.ridge}/labels` },
    shows: { harbor: "QR code of unit 102", ridge: "QR code of unit 21" },
    foreign: 404,
  },
  "/customers/:customerId": {
    portal: "staff",
    roles: all,
    path: customer,
    shows: { harbor: "fleet@northline.test", ridge: "trucks@lakeshore.test" },
    foreign: 404,
  },
  "/customers/:customerId/account": { portal: "staff", roles: managers, path: customerRecords("/account"), shows: recordTitles("Account of"), foreign: 404 },
  "/customers/:customerId/statement": {
    portal: "staff",
    roles: managers,
    path: customerRecords("/statement"),
    shows: recordTitles("Statement for"),
    foreign: 404,
  },
  "/customers/:customerId/statement/pdf": {
    portal: "staff",
    roles: managers,
    path: customerRecords("/statement/pdf"),
    shows: { harbor: "· Northline Freight", ridge: "· Lakeshore Produce" },
    foreign: 404,
  },
  "/customers/:customerId/edit": {
    portal: "staff",
    roles: managers,
    path: { harbor: `${customer.harbor}/edit`, ridge: `${customer.ridge}/edit` },
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
    foreign: "empty",
  },
  "/customers/:customerId/drivers": {
    portal: "staff",
    roles: managers,
    path: customerRecords("/drivers"),
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
    foreign: 404,
  },
  "/drivers/:driverId": { portal: "staff", roles: all, path: driver, shows: { harbor: "dana@northline.test", ridge: "inez@lakeshore.test" }, foreign: 404 },
  "/customers/:customerId/contacts/:contactId": {
    portal: "staff",
    roles: managers,
    path: contact,
    shows: { harbor: "fleet@northline.test", ridge: "trucks@lakeshore.test" },
    foreign: 404,
  },
  "/files/:attachmentId": {
    portal: "staff",
    roles: all,
    path: attachment("terms"),
    shows: { harbor: "Northline Freight and Harbor Diesel", ridge: "Lakeshore Produce" },
    foreign: 404,
  },
  "/files/:attachmentId/thumbnail": {
    portal: "staff",
    roles: all,
    path: attachment("damage", "/thumbnail"),
    shows: { harbor: "IHDR", ridge: "IHDR" },
    foreign: 404,
  },
  "/files/:attachmentId/hide": {
    portal: "staff",
    roles: all,
    path: attachment("terms", "/hide"),
    shows: { harbor: "Hide Fleet agreement 2026.pdf", ridge: "Hide Terms Lakeshore.pdf" },
    foreign: 404,
  },
  "/files/new": {
    portal: "staff",
    roles: all,
    path: { harbor: addFile("harbor", "northline"), ridge: addFile("ridge", "lakeshore") },
    // Another shop's ticket is 404 too, proved in app/routes/staff/files.workers.test.ts: this page names no record.
    shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" },
  },
  "/invoices": { portal: "staff", roles: managers, path: same("/invoices"), shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" } },
  "/invoices.csv": { portal: "staff", roles: managers, path: same("/invoices.csv"), shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" } },
  "/invoices/unbilled": {
    portal: "staff",
    roles: managers,
    path: same("/invoices/unbilled"),
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
  },
  "/invoices/unbilled.csv": {
    portal: "staff",
    roles: managers,
    path: same("/invoices/unbilled.csv"),
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
  },
  "/invoices/balances": { portal: "staff", roles: managers, path: same("/invoices/balances"), shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" } },
  "/invoices/balances.csv": {
    portal: "staff",
    roles: managers,
    path: same("/invoices/balances.csv"),
    shows: { harbor: "Dolton Quarry", ridge: "Lakeshore Produce" },
  },
  "/invoices/new": {
    portal: "staff",
    roles: managers,
    path: {
      harbor: `/invoices/new?customer=${demoId("customer", "harbor northline")}`,
      ridge: `/invoices/new?customer=${demoId("customer", "ridge lakeshore")}`,
    },
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
    foreign: "empty",
  },
  "/invoices/:invoiceId": {
    portal: "staff",
    roles: managers,
    path: invoice("/invoices"),
    shows: { harbor: "KIT-B-DD15", ridge: "MIR-VNL" },
    foreign: 404,
  },
  "/invoices/:invoiceId/pdf": {
    portal: "staff",
    roles: managers,
    path: invoice("/invoices", "/pdf"),
    shows: { harbor: "· Northline Freight", ridge: "· Lakeshore Produce" },
    foreign: 404,
  },
  "/fleet/:assetId/trail": { portal: "staff", roles: all, path: asset, shows: { harbor: "points", ridge: "points" }, foreign: 404 },
  "/search": {
    portal: "staff",
    roles: all,
    path: { harbor: "/search?q=northline", ridge: "/search?q=lakeshore" },
    shows: { harbor: "Northline Freight", ridge: "Lakeshore Produce" },
  },
  "/notices": { portal: "staff", roles: all, path: same("/notices"), shows: { harbor: "Notification preferences", ridge: "Notification preferences" } },
  "/notices/count": { portal: "staff", roles: all, path: same("/notices/count"), shows: { harbor: "unseen", ridge: "unseen" } },
  "/settings/notifications": {
    portal: "staff",
    roles: all,
    path: same("/settings/notifications"),
    shows: { harbor: "Owners get notifications that no one else has turned on", ridge: "Owners get notifications that no one else has turned on" },
  },
  "/settings": { portal: "staff", roles: all, path: same("/settings"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/settings/organization": {
    portal: "staff",
    roles: managers,
    path: same("/settings/organization"),
    shows: { harbor: "shop@harbor.test", ridge: "desk@ridge.test" },
  },
  "/settings/organization/logo": {
    portal: "staff",
    roles: managers,
    path: same("/settings/organization/logo"),
    shows: { harbor: "Logo for Harbor Diesel", ridge: "Logo for Ridge Truck Care" },
  },
  "/settings/mail": { portal: "staff", roles: managers, path: same("/settings/mail"), shows: { harbor: "No unsent email", ridge: "No unsent email" } },
  "/settings/opening-hours": { portal: "staff", roles: managers, path: same("/settings/opening-hours"), shows: { harbor: "Monday", ridge: "Monday" } },
  "/settings/rates": { portal: "staff", roles: managers, path: same("/settings/rates"), shows: { harbor: "Road call", ridge: "Farm call" } },
  "/help": { portal: "staff", roles: all, path: same("/help"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/settings/sign-ins": { portal: "staff", roles: all, path: same("/settings/sign-ins"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/settings/sign-in-rules": {
    portal: "staff",
    roles: ["owner"],
    path: same("/settings/sign-in-rules"),
    shows: { harbor: "Sign in again after", ridge: "Sign in again after" },
  },
  "/settings/plan": { portal: "staff", roles: all, path: same("/settings/plan"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/settings/devices": { portal: "staff", roles: managers, path: same("/settings/devices"), shows: { harbor: "NL-102", ridge: "RT-21" } },
  "/settings/tablets": { portal: "staff", roles: managers, path: same("/settings/tablets"), shows: { harbor: "Yard tablet", ridge: "Dock tablet" } },
  "/settings/payments": {
    portal: "staff",
    roles: managers,
    path: same("/settings/payments"),
    shows: { harbor: "Harbor Diesel takes payments", ridge: "Ridge Truck Care takes payments" },
  },
  "/settings/payments.csv": {
    portal: "staff",
    roles: managers,
    path: same("/settings/payments.csv"),
    shows: { harbor: "Paid out to Harbor Diesel", ridge: "Paid out to Ridge Truck Care" },
  },
  "/settings/people": { portal: "staff", roles: ["owner"], path: same("/settings/people"), shows: { harbor: "tech@harbor.test", ridge: "owner@ridge.test" } },
  "/settings/inspections": {
    portal: "staff",
    roles: managers,
    path: same("/settings/inspections"),
    shows: { harbor: "is set with the customer", ridge: "is set with the customer" },
  },
  "/settings/numbering": {
    portal: "staff",
    roles: managers,
    path: same("/settings/numbering"),
    shows: { harbor: "numbers each kind of document separately", ridge: "numbers each kind of document separately" },
  },
  "/settings/canned-jobs": { portal: "staff", roles: managers, path: same("/settings/canned-jobs"), shows: { harbor: "A-service", ridge: "Reefer PM" } },
  "/settings/canned-jobs/:cannedJobId": {
    portal: "staff",
    roles: managers,
    path: canned,
    shows: { harbor: "A-service", ridge: "Reefer PM" },
    foreign: "empty",
  },
  "/settings/vendors": {
    portal: "staff",
    roles: managers,
    path: same("/settings/vendors"),
    shows: { harbor: "Gearworks Transmission", ridge: "Dunes Refrigeration" },
  },
  "/settings/vendors/:vendorId": {
    portal: "staff",
    roles: managers,
    path: vendor,
    shows: { harbor: "desk@gearworks.test", ridge: "shop@dunes.test" },
    foreign: "empty",
  },
  "/settings/journal": { portal: "staff", roles: managers, path: same("/settings/journal"), shows: { harbor: "owner@harbor.test", ridge: "owner@ridge.test" } },
  "/settings/journal.csv": {
    portal: "staff",
    roles: managers,
    path: same("/settings/journal.csv"),
    shows: { harbor: "owner@harbor.test", ridge: "owner@ridge.test" },
  },
  "/portal": { portal: "customer", path: same("/portal"), shows: { Northline: "VNL 760", Summit: "950M loader", Lakeshore: "VNL 640" } },
  "/portal/assets/:assetId": {
    portal: "customer",
    path: { harbor: portalUnit("harbor 110"), ridge: portalUnit("ridge 23") },
    own: { Summit: portalUnit("harbor L-3") },
    shows: { Northline: "Clutch and flywheel", Summit: "950M loader", Lakeshore: "Turbo actuator" },
    foreign: 404,
  },
  "/portal/assets/:assetId/roadside": {
    portal: "customer",
    path: { harbor: `${portalUnit("harbor 110")}/roadside`, ridge: `${portalUnit("ridge 23")}/roadside` },
    own: { Summit: `${portalUnit("harbor L-3")}/roadside` },
    shows: { Northline: "Northline Freight", Summit: "Summit", Lakeshore: "Lakeshore Produce" },
    foreign: 404,
  },
  "/portal/drivers": {
    portal: "customer",
    path: same("/portal/drivers"),
    shows: { Northline: "dana@northline.test", Summit: "No drivers yet", Lakeshore: "inez@lakeshore.test" },
  },
  "/portal/drivers/several": {
    portal: "customer",
    path: same("/portal/drivers/several"),
    shows: { Northline: "Northline Freight", Summit: "Summit", Lakeshore: "Lakeshore Produce" },
  },
  "/portal/drivers/:driverId": {
    portal: "customer",
    path: { harbor: `/portal${driver.harbor}`, ridge: `/portal${driver.ridge}` },
    notOf: ["Summit"],
    shows: { Northline: "dana@northline.test", Lakeshore: "inez@lakeshore.test" },
    foreign: 404,
  },
  "/portal/units": {
    portal: "customer",
    path: same("/portal/units"),
    shows: { Northline: "LT625", Summit: "950M", Lakeshore: "VNL 640" },
  },
  "/portal/assets/:assetId/request": {
    portal: "customer",
    path: { harbor: `${portalUnit("harbor 110")}/request`, ridge: `${portalUnit("ridge 23")}/request` },
    own: { Summit: `${portalUnit("harbor L-3")}/request` },
    shows: { Northline: "LT625", Summit: "950M loader", Lakeshore: "VNL 640" },
    foreign: 404,
  },
  "/portal/files/:attachmentId": {
    portal: "customer",
    path: { harbor: portalFile("harbor reported"), ridge: portalFile("ridge reported") },
    own: { Summit: portalFile("harbor bucket") },
    shows: { Northline: "IHDR", Summit: "IHDR", Lakeshore: "IHDR" },
    foreign: 404,
  },
  "/portal/files/:attachmentId/thumbnail": {
    portal: "customer",
    path: { harbor: `${portalFile("harbor reported")}/thumbnail`, ridge: `${portalFile("ridge reported")}/thumbnail` },
    own: { Summit: `${portalFile("harbor bucket")}/thumbnail` },
    shows: { Northline: "IHDR", Summit: "IHDR", Lakeshore: "IHDR" },
    foreign: 404,
  },
  "/portal/files/new": {
    portal: "customer",
    path: { harbor: addPortalFile("harbor", "northline", "1010"), ridge: addPortalFile("ridge", "lakeshore", "1002") },
    own: { Summit: addPortalFile("harbor", "summit", "1006") },
    // The page names no record: that it opens at all is what a ticket gives.
    shows: { harbor: "Photos, PDF, MP4", ridge: "Photos, PDF, MP4" },
  },
  "/portal/work-orders/:orderId": {
    portal: "customer",
    path: { harbor: portalOrder("harbor 1010"), ridge: portalOrder("ridge 1002") },
    own: { Summit: portalOrder("harbor 1006") },
    shows: { Northline: "Clutch and flywheel", Summit: "Water pump, coolant loss", Lakeshore: "Turbo actuator" },
    foreign: 404,
  },
  "/portal/invoices": {
    portal: "customer",
    path: same("/portal/invoices"),
    shows: { Northline: demoId("invoice", "harbor 1013"), Summit: demoId("invoice", "harbor 1019"), Lakeshore: demoId("invoice", "ridge 1004") },
  },
  "/portal/invoices/:invoiceId": {
    portal: "customer",
    path: invoice("/portal/invoices"),
    shows: { Northline: "KIT-B-DD15", Lakeshore: "MIR-VNL" },
    notOf: ["Summit"],
    foreign: 404,
  },
  "/portal/pay": {
    portal: "customer",
    path: same("/portal/pay"),
    shows: { Northline: demoId("invoice", "harbor 1013"), Summit: demoId("invoice", "harbor 1019"), Lakeshore: demoId("invoice", "ridge 1004") },
  },
  "/portal/statement": {
    portal: "customer",
    path: same("/portal/statement"),
    shows: { Northline: "Statement for Northline Freight", Summit: "Statement for Summit Gravel", Lakeshore: "Statement for Lakeshore Produce" },
  },
  "/portal/statement/pdf": {
    portal: "customer",
    path: same("/portal/statement/pdf"),
    shows: { Northline: "· Northline Freight", Summit: "· Summit Gravel", Lakeshore: "· Lakeshore Produce" },
  },
  "/portal/invoices/:invoiceId/pdf": {
    portal: "customer",
    path: invoice("/portal/invoices", "/pdf"),
    shows: { Northline: "· Northline Freight", Lakeshore: "· Lakeshore Produce" },
    notOf: ["Summit"],
    foreign: 404,
  },
  "/portal/work-orders/:orderId/pdf": {
    portal: "customer",
    path: finishedOrder("/portal/work-orders"),
    shows: { Northline: "Work summary WO-1013 · Northline Freight", Lakeshore: "Work summary WO-1004 · Lakeshore Produce" },
    notOf: ["Summit"],
    foreign: 404,
  },
  "/portal/inspections": {
    portal: "customer",
    path: same("/portal/inspections"),
    shows: { Northline: "Dana Whitfield", Summit: "No inspections yet", Lakeshore: "Inez Kowalski" },
  },
  "/portal/labels": {
    portal: "customer",
    path: same("/portal/labels"),
    shows: { Northline: "QR code of unit 102", Summit: "QR code of unit L-3", Lakeshore: "QR code of unit 21" },
  },
  "/portal/inspections/missing": {
    portal: "customer",
    path: same("/portal/inspections/missing"),
    shows: { Northline: "Missing inspections", Summit: "Missing inspections", Lakeshore: "Missing inspections" },
  },
  "/portal/inspections/:inspectionId": {
    portal: "customer",
    path: inspection("/portal/inspections"),
    shows: { Northline: "Air leak at the left rear chamber", Lakeshore: "Step on the driver&#x27;s side wobbles" },
    notOf: ["Summit"],
    foreign: 404,
  },
  "/portal/inspections/:inspectionId/report.pdf": {
    portal: "customer",
    path: inspection("/portal/inspections", "/report.pdf"),
    shows: { Northline: "Vehicle inspection Unit 102 · Northline Freight", Lakeshore: "Vehicle inspection Unit 21 · Lakeshore Produce" },
    notOf: ["Summit"],
    foreign: 404,
  },
  "/portal/estimates": {
    portal: "customer",
    path: same("/portal/estimates"),
    shows: { Northline: "Steer axle: king pins", Summit: "Air dryer and governor", Lakeshore: "fuel tank straps" },
  },
  "/portal/estimates/:estimateId": {
    portal: "customer",
    path: estimate("/portal/estimates"),
    own: { Summit: `/portal/estimates/${demoId("estimate", "harbor bucket")}` },
    shows: { Northline: "Steer axle: king pins", Summit: "Air dryer and governor", Lakeshore: "fuel tank straps" },
    foreign: 404,
  },
  "/portal/estimates/:estimateId/photos/:attachmentId": {
    portal: "customer",
    path: estimate("/portal/estimates", (shop) => `/photos/${demoId("attachment", `${shop} line`)}`),
    shows: { Northline: "IHDR", Lakeshore: "IHDR" },
    notOf: ["Summit"],
    foreign: 404,
  },
  "/portal/estimates/:estimateId/pdf": {
    portal: "customer",
    path: estimate("/portal/estimates", () => "/pdf"),
    own: { Summit: `/portal/estimates/${demoId("estimate", "harbor bucket")}/pdf` },
    shows: { Northline: "· Northline Freight", Summit: "· Summit Gravel", Lakeshore: "· Lakeshore Produce" },
    foreign: 404,
  },
  "/portal/export.zip": {
    portal: "customer",
    path: same("/portal/export.zip"),
    shows: { Northline: "111 under the dash.png", Summit: "SG-2 coolant on the floor.png", Lakeshore: "23 actuator.png" },
  },
  "/portal/settings": {
    portal: "customer",
    path: same("/portal/settings"),
    shows: { Northline: "fleet@northline.test", Summit: "ops@summit.test", Lakeshore: "trucks@lakeshore.test" },
  },
  "/portal/help": { portal: "customer", path: same("/portal/help"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/portal/sign-ins": { portal: "customer", path: same("/portal/sign-ins"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/work-orders/:orderId/vendor": {
    portal: "staff",
    roles: managers,
    path: orderPath("/vendor"),
    shows: { harbor: "Gearworks Transmission", ridge: "Dunes Refrigeration" },
    foreign: 404,
  },
  "/vendor-work": { portal: "staff", roles: managers, path: same("/vendor-work"), shows: { harbor: "Resurface the flywheel", ridge: "refill the reefer" } },
  "/vendor-work/:jobId": { portal: "staff", roles: managers, path: vendorJob("/vendor-work"), shows: aVendorJob, foreign: 404 },
  "/vendor-work/:jobId/record": {
    portal: "staff",
    roles: managers,
    path: {
      harbor: paths.staff.recordAnswer(demoId("vendorJob", "harbor filter")),
      ridge: paths.staff.recordAnswer(demoId("vendorJob", "ridge shaft")),
    },
    shows: { harbor: "Record Prairie Machine", ridge: "Record Mesa Driveline" },
    foreign: 404,
  },
  "/vendor-portal": {
    portal: "vendor",
    path: same("/vendor-portal"),
    shows: { Gearworks: "Resurface the flywheel", Coolant: "No pending jobs", Dunes: "refill the reefer" },
  },
  "/vendor-portal/active": {
    portal: "vendor",
    path: same("/vendor-portal/active"),
    shows: { Gearworks: "Replace the axle shaft seals", Coolant: "Rebuild the water pump", Dunes: "No active jobs" },
  },
  "/vendor-portal/completed": {
    portal: "vendor",
    path: same("/vendor-portal/completed"),
    shows: { Gearworks: "Rebuild the transmission", Coolant: "No completed jobs yet", Dunes: "No completed jobs yet" },
  },
  "/vendor-portal/jobs/:jobId": {
    portal: "vendor",
    path: vendorJob("/vendor-portal/jobs"),
    own: { Coolant: `/vendor-portal/jobs/${demoId("vendorJob", "harbor pump")}` },
    shows: { Gearworks: "Heat-checked", Coolant: "tell-tale hole", Dunes: "blows warm" },
    foreign: 404,
  },
  "/vendor-portal/files/new": {
    portal: "vendor",
    path: { harbor: addVendorFile("harbor", "gearworks", "flywheel"), ridge: addVendorFile("ridge", "dunes", "refrigerant") },
    own: { Coolant: addVendorFile("harbor", "coolant", "pump") },
    // The page names no record: that it opens at all is what a ticket gives.
    shows: { harbor: "Photos, PDF, MP4", ridge: "Photos, PDF, MP4" },
    foreign: 404,
  },
  "/vendor-portal/files/:attachmentId": {
    portal: "vendor",
    path: vendorFile(),
    own: { Coolant: `/vendor-portal/files/${demoId("attachment", "harbor pump")}` },
    shows: { Gearworks: "Flywheel data sheet", Coolant: "Pump data sheet", Dunes: "Reefer data sheet" },
    foreign: 404,
  },
  "/vendor-portal/files/:attachmentId/thumbnail": {
    portal: "vendor",
    path: {
      harbor: `/vendor-portal/files/${demoId("attachment", "harbor flywheel photo")}/thumbnail`,
      ridge: `/vendor-portal/files/${demoId("attachment", "ridge refrigerant photo")}/thumbnail`,
    },
    notOf: ["Coolant"],
    shows: { harbor: "IHDR", ridge: "IHDR" },
    foreign: 404,
  },
  "/vendor-portal/help": { portal: "vendor", path: same("/vendor-portal/help"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/vendor-portal/sign-ins": { portal: "vendor", path: same("/vendor-portal/sign-ins"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/driver-portal/form": { portal: "driver", path: same("/driver-portal/form"), shows: { Dana: "Dana Whitfield", Inez: "Inez" } },
  "/driver-portal/help": { portal: "driver", path: same("/driver-portal/help"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },
  "/driver-portal/sign-ins": { portal: "driver", path: same("/driver-portal/sign-ins"), shows: { harbor: "Harbor Diesel", ridge: "Ridge Truck Care" } },

  "/logos/:organizationId/:name": { open: "a logo, by its checksum" },
  "/healthz": { open: "only whether the databases answer" },
  "/pay/:token": { open: "what is owed on the one record that its token names" },
  "/stop-mail/:token": { open: "stops the mails of one event for the one person that its token names" },
  "/roadside/:token": { open: "the inspections of the one unit that its token names, until it is over" },
  "/pay/:token/pdf": { open: "the one invoice that its token names" },
  "/square/callback": { open: "takes a state that we signed only, and sends its bearer to the shop's own address" },
  "/session": { open: "only whether the caller's own cookie is still valid" },
  "/login": { open: "the sign-in page" },
  "/sign-out": { open: "ends the caller's own session" },
  "/setup": { open: "404 once a shop exists" },
  "/api/operator": { open: "takes the operator's key only" },
  "/choose/:portal": { open: "takes a proof of sign-in, or a customer's own session" },
  "/second-factor/:portal": { open: "takes a proof of sign-in only" },
  "/forgot-password": { open: "the same answer for everybody" },
  "/set-password/:audience/:token": { open: "takes a mailed link only" },
  "/portal/sign-in": { open: "the sign-in page" },
  "/portal/sign-in/:token": { open: "takes a mailed link only" },
  "/vendor-portal/sign-in": { open: "the sign-in page" },
  "/driver-portal/*": { open: "the driver's app, the same for everybody: it works from what the phone keeps" },
  "/driver-portal/enrol/:token": { open: "takes the address behind a tablet's QR only" },
  "/driver-portal/sign-in": { open: "the sign-in page" },
  "/driver-portal/sign-in/:token": { open: "takes a mailed link only" },
  "/*": { open: "page not found" },
};
