import { index, layout, prefix, type RouteConfig, type RouteConfigEntry, route } from "@remix-run/route-config";

/** The map: every address and the module that serves it. */
const routes: RouteConfigEntry[] = [
  route("healthz", "routes/public/healthz.ts"),
  route("session", "routes/public/session.ts"),
  route("login", "routes/public/login.tsx"),
  route("sign-out", "routes/public/sign-out.ts"),
  route("setup", "routes/public/setup.tsx"),
  route("logos/:organizationId/:name", "routes/public/logo.ts"),
  route("api/operator", "routes/api/operator.ts"),
  route("choose/:face", "routes/public/choose.tsx"),
  route("second-factor/:face", "routes/public/second-factor.tsx"),
  route("forgot-password", "routes/public/forgot-password.tsx"),
  route("set-password/:audience/:token", "routes/public/set-password.tsx"),

  layout("routes/staff/shell.tsx", [
    index("routes/staff/fleet.tsx"),
    route("board", "routes/staff/board.tsx"),
    route("work-orders", "routes/staff/orders.tsx"),
    route("work-orders/new", "routes/staff/new-order.tsx"),
    route("work-orders/:orderId", "routes/staff/order.tsx"),
    route("work-orders/:orderId/jobs/:jobId", "routes/staff/job.tsx"),
    route("estimates", "routes/staff/estimates.tsx"),
    route("estimates/new", "routes/staff/new-estimate.tsx"),
    route("estimates/:estimateId", "routes/staff/estimate.tsx"),
    route("estimates/:estimateId/jobs/:jobId", "routes/staff/estimate-job.tsx"),
    route("estimates/:estimateId/lines/:lineId", "routes/staff/estimate-line.tsx"),
    route("assets", "routes/staff/assets.tsx"),
    route("assets/:assetId", "routes/staff/asset.tsx"),
    route("assets/:assetId/edit", "routes/staff/asset-form.tsx"),
    route("customers", "routes/staff/customers.tsx"),
    route("customers/:customerId", "routes/staff/customer.tsx"),
    route("customers/:customerId/account", "routes/staff/account.tsx"),
    route("customers/:customerId/statement", "routes/staff/statement.tsx"),
    route("customers/:customerId/edit", "routes/staff/customer-form.tsx"),
    route("drivers/:driverId", "routes/staff/driver.tsx"),
    route("customers/:customerId/contacts/:contactId", "routes/staff/contact.tsx"),
    route("invoices", "routes/staff/invoices.tsx"),
    route("invoices/new", "routes/staff/new-invoice.tsx"),
    route("invoices/:invoiceId", "routes/staff/invoice.tsx"),
    route("files/new", "routes/staff/add-file.tsx"),
    route("files/:attachmentId/hide", "routes/staff/hide-file.tsx"),
    route("notices", "routes/staff/notices.tsx"),
    route("settings", "routes/staff/settings.tsx"),
    route("settings/notifications", "routes/staff/hearing.tsx"),
    route("settings/organization", "routes/staff/organization.tsx"),
    route("settings/organization/logo", "routes/staff/organization-logo.tsx"),
    route("settings/rates", "routes/staff/rates.tsx"),
    route("settings/sign-ins", "routes/staff/sessions.tsx"),
    route("settings/sign-in-rules", "routes/staff/session-rules.tsx"),
    route("settings/plan", "routes/staff/plan.tsx"),
    route("settings/journal", "routes/staff/journal.tsx"),
    route("settings/devices", "routes/staff/devices.tsx"),
    route("settings/people", "routes/staff/people.tsx"),
    route("settings/numbering", "routes/staff/numbering.tsx"),
    route("settings/canned-jobs", "routes/staff/canned-jobs.tsx"),
    route("settings/canned-jobs/:cannedJobId", "routes/staff/canned-job.tsx"),
    route("settings/tablets", "routes/staff/tablets.tsx"),
    route("settings/vendors", "routes/staff/vendors.tsx"),
    route("settings/vendors/:vendorId", "routes/staff/vendor.tsx"),
  ]),
  route("board/wall", "routes/staff/wall.tsx"),
  route("notices/count", "routes/staff/bell.ts"),
  route("assets/:assetId/label", "routes/staff/asset-label.tsx"),
  route("work-orders/:orderId/sheet", "routes/staff/order-sheet.tsx"),
  route("work-orders/:orderId/pdf", "routes/staff/order-pdf.ts"),
  route("estimates/:estimateId/pdf", "routes/staff/estimate-pdf.ts"),
  route("invoices/:invoiceId/pdf", "routes/staff/invoice-pdf.ts"),
  route("customers/:customerId/statement/pdf", "routes/staff/statement-pdf.ts"),
  route("files/:attachmentId", "routes/staff/file.ts"),
  route("files/:attachmentId/thumbnail", "routes/staff/file-thumbnail.ts"),
  route("fleet/:assetId/trail", "routes/staff/trail.ts"),
  route("settings/journal.csv", "routes/staff/journal-csv.ts"),

  ...prefix("portal", [
    route("sign-in", "routes/customer/sign-in.tsx"),
    route("sign-in/:token", "routes/customer/sign-in-link.tsx"),
    route("estimates/:estimateId/photos/:attachmentId", "routes/customer/estimate-photo.ts"),
    layout("routes/customer/shell.tsx", [
      index("routes/customer/fleet.tsx"),
      route("estimates", "routes/customer/estimates.tsx"),
      route("estimates/:estimateId", "routes/customer/estimate.tsx"),
      route("invoices", "routes/customer/invoices.tsx"),
      route("invoices/:invoiceId", "routes/customer/invoice.tsx"),
      route("statement", "routes/customer/statement.tsx"),
      route("sign-ins", "routes/customer/sessions.tsx"),
    ]),
    route("statement/pdf", "routes/customer/statement-pdf.ts"),
    route("estimates/:estimateId/pdf", "routes/customer/estimate-pdf.ts"),
    route("invoices/:invoiceId/pdf", "routes/customer/invoice-pdf.ts"),
    route("work-orders/:orderId/pdf", "routes/customer/order-pdf.ts"),
  ]),

  ...prefix("vendor-portal", [
    route("sign-in", "routes/vendor/sign-in.tsx"),
    layout("routes/vendor/shell.tsx", [index("routes/vendor/jobs.tsx"), route("sign-ins", "routes/vendor/sessions.tsx")]),
  ]),

  ...prefix("driver-portal", [
    route("sign-in", "routes/driver/sign-in.tsx"),
    route("sign-in/:token", "routes/driver/sign-in-link.tsx"),
    route("enrol/:token", "routes/driver/enrol.tsx"),
    layout("routes/driver/shell.tsx", [index("routes/driver/home.tsx"), route("sign-ins", "routes/driver/sessions.tsx")]),
  ]),

  ...developmentRoutes(),
  route("*", "routes/public/not-found.tsx"),
];

/** Only the local launcher asks for these; a production build does not contain them. */
function developmentRoutes(): RouteConfigEntry[] {
  if (process.env.BAYTRACK_DEV_ROUTES !== "1") return [];
  return prefix("dev", [route("mailbox", "routes/dev/mailbox.tsx"), route("mailbox.json", "routes/dev/mailbox-json.ts")]);
}

export default routes satisfies RouteConfig;
