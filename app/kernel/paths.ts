import type { Portal } from "./audience.ts";

/** Every own address that a page links to; nothing else builds one. */
export const paths = {
  login: "/login",
  signOut: "/sign-out",
  choose: (portal: Portal, to?: string | null) => `/choose/${portal}${to ? `?to=${encodeURIComponent(to)}` : ""}`,
  secondFactor: (portal: "staff" | "vendor", to?: string | null) => `/second-factor/${portal}${to ? `?to=${encodeURIComponent(to)}` : ""}`,
  forgotPassword: (audience: "staff" | "vendor") => `/forgot-password?as=${audience}`,
  setPassword: (audience: "staff" | "vendor", token: string) => `/set-password/${audience}/${token}`,
  /** A unit's page for a roadside inspection. */
  roadside: (token: string) => `/roadside/${token}`,
  /** Where an invoice or deposit is paid through Square, without signing in. */
  pay: (token: string, checkout?: string) => `/pay/${token}${checkout ? `?checkout=${checkout}` : ""}`,
  /** A calendar that programs read without signing in. */
  calendar: (token: string) => `/calendar/${token}.ics`,
  payPdf: (token: string) => `/pay/${token}/pdf`,
  /** By its checksum, so that it may be kept for ever by whoever has seen it. */
  logo: (organizationId: string, name: string) => `/logos/${organizationId}/${name}`,
  /** Where a page's script sends a file, part by part (workers/uploads.ts). */
  upload: (attachmentId: string) => `/uploads/${attachmentId}`,
  staff: {
    today: "/",
    fleet: "/fleet",
    unit: (assetId: string) => `/fleet?unit=${assetId}`,
    trail: (assetId: string) => `/fleet/${assetId}/trail`,
    board: "/board",
    wall: "/board/wall",
    /** Answers the box at the top of every page. */
    search: "/search",
    /** What a technician works on, made for a phone. */
    myJobs: "/my-jobs",
    myJob: (orderId: string) => `/my-jobs/${orderId}`,
    /** A list by the name that its saved views have. */
    list: (name: string) => `/${name}`,
    /** A person's views of a list, with the one to save. */
    savedViews: (list: string, search?: string) => `/views?${new URLSearchParams({ list, ...(search ? { search } : {}) })}`,
    orders: "/work-orders",
    ordersCsv: "/work-orders.csv",
    newOrder: "/work-orders/new",
    order: (id: string) => `/work-orders/${id}`,
    orderSheet: (id: string) => `/work-orders/${id}/sheet`,
    orderPdf: (id: string) => `/work-orders/${id}/pdf`,
    job: (orderId: string, jobId: string) => `/work-orders/${orderId}/jobs/${jobId}`,
    inspections: "/inspections",
    inspectionsCsv: "/inspections.csv",
    missingInspections: "/inspections/missing",
    enterInspection: (of: { unit?: string; corrects?: string }) => `/inspections/new?${new URLSearchParams(of)}`,
    inspectionSettings: "/settings/inspections",
    openDefects: (assetId?: string, orderId?: string) =>
      `/inspections/defects${assetId === undefined ? "" : `?unit=${assetId}`}${orderId === undefined ? "" : `&order=${orderId}`}`,
    inspection: (id: string) => `/inspections/${id}`,
    inspectionPdf: (id: string) => `/inspections/${id}/report.pdf`,
    numbering: "/settings/numbering",
    estimates: "/estimates",
    estimatesCsv: "/estimates.csv",
    newEstimate: "/estimates/new",
    estimate: (id: string) => `/estimates/${id}`,
    estimateLine: (estimateId: string, lineId: string) => `/estimates/${estimateId}/lines/${lineId}`,
    estimatePdf: (id: string, revision: number) => `/estimates/${id}/pdf?revision=${revision}`,
    invoices: "/invoices",
    invoicesCsv: "/invoices.csv",
    unbilled: "/invoices/unbilled",
    unbilledCsv: "/invoices/unbilled.csv",
    balances: "/invoices/balances",
    balancesCsv: "/invoices/balances.csv",
    /** With the order that it was opened from, where there is one. */
    newInvoice: (customerId: string, orderId?: string) => `/invoices/new?customer=${customerId}${orderId === undefined ? "" : `&order=${orderId}`}`,
    invoice: (id: string) => `/invoices/${id}`,
    invoicePdf: (id: string) => `/invoices/${id}/pdf`,
    cannedJobs: "/settings/canned-jobs",
    cannedJob: (id: string) => `/settings/canned-jobs/${id}`,
    assets: "/assets",
    assetsCsv: "/assets.csv",
    asset: (id: string) => `/assets/${id}`,
    assetForm: (id: string) => `/assets/${id}/edit`,
    assetMeters: (id: string) => `/assets/${id}/meters`,
    customerLabels: (id: string) => `/customers/${id}/labels`,
    assetLabel: (id: string) => `/assets/${id}/label`,
    roadside: (id: string) => `/assets/${id}/roadside`,
    assetMaintenance: (id: string) => `/assets/${id}/maintenance`,
    schedule: (assetId: string, id: string) => `/assets/${assetId}/maintenance/${id}`,
    maintenance: "/maintenance",
    maintenanceCsv: "/maintenance.csv",
    maintenanceTemplates: "/maintenance/templates",
    maintenanceTemplate: (id: string) => `/maintenance/templates/${id}`,
    applyTemplate: (id: string) => `/maintenance/templates/${id}/units`,
    customers: "/customers",
    customersCsv: "/customers.csv",
    customer: (customerId: string) => `/customers/${customerId}`,
    account: (customerId: string) => `/customers/${customerId}/account`,
    statement: (customerId: string, period = "") => `/customers/${customerId}/statement${period}`,
    statementPdf: (customerId: string, period: string) => `/customers/${customerId}/statement/pdf${period}`,
    customerForm: (customerId: string) => `/customers/${customerId}/edit`,
    driver: (driverId: string) => `/drivers/${driverId}`,
    newDriver: (driverId: string, customerId: string) => `/drivers/${driverId}?customer=${customerId}`,
    contact: (customerId: string, contactId: string) => `/customers/${customerId}/contacts/${contactId}`,
    addFile: (to: string) => `/files/new?to=${encodeURIComponent(to)}`,
    file: (attachmentId: string) => `/files/${attachmentId}`,
    thumbnail: (attachmentId: string) => `/files/${attachmentId}/thumbnail`,
    hideFile: (attachmentId: string) => `/files/${attachmentId}/hide`,
    notices: "/notices",
    bell: "/notices/count",
    notificationPreferences: "/settings/notifications",
    settings: "/settings",
    organization: "/settings/organization",
    logo: "/settings/organization/logo",
    rates: "/settings/rates",
    sessions: "/settings/sign-ins",
    /** Help about the page of this address. */
    help: (on: string) => `/help?on=${encodeURIComponent(on)}`,
    sessionRules: "/settings/sign-in-rules",
    payments: "/settings/payments",
    paymentsCsv: "/settings/payments.csv",
    plan: "/settings/plan",
    journal: "/settings/journal",
    journalCsv: "/settings/journal.csv",
    devices: "/settings/devices",
    people: "/settings/people",
    tablets: "/settings/tablets",
    tablet: (tabletId: string) => `/settings/tablets?show=${tabletId}`,
    assignVendorAs: (orderId: string, id: string) => `/work-orders/${orderId}/vendor?id=${id}`,
    reassignVendor: (orderId: string, id: string, after: string) => `/work-orders/${orderId}/vendor?id=${id}&after=${after}`,
    vendorWork: "/vendor-work",
    vendorJob: (id: string) => `/vendor-work/${id}`,
    recordAnswer: (id: string) => `/vendor-work/${id}/record`,
    vendors: "/settings/vendors",
    vendor: (vendorId: string) => `/settings/vendors/${vendorId}`,
  },
  customer: {
    home: "/portal",
    estimates: "/portal/estimates",
    estimate: (id: string) => `/portal/estimates/${id}`,
    estimatePhoto: (id: string, photoId: string, size?: "small") => `/portal/estimates/${id}/photos/${photoId}${size ? "?size=small" : ""}`,
    estimatePdf: (id: string, revision: number) => `/portal/estimates/${id}/pdf?revision=${revision}`,
    sessions: "/portal/sign-ins",
    /** Help about the page of this address. */
    help: (on: string) => `/portal/help?on=${encodeURIComponent(on)}`,
    invoices: "/portal/invoices",
    invoice: (id: string) => `/portal/invoices/${id}`,
    invoicePdf: (id: string) => `/portal/invoices/${id}/pdf`,
    orderPdf: (id: string) => `/portal/work-orders/${id}/pdf`,
    pay: (checkout?: string) => `/portal/pay${checkout ? `?checkout=${checkout}` : ""}`,
    statement: "/portal/statement",
    statementPdf: (period: string) => `/portal/statement/pdf${period}`,
    inspections: "/portal/inspections",
    labels: "/portal/labels",
    missingInspections: "/portal/inspections/missing",
    roadside: (id: string) => `/portal/assets/${id}/roadside`,
    inspection: (id: string) => `/portal/inspections/${id}`,
    inspectionPdf: (id: string) => `/portal/inspections/${id}/report.pdf`,
    units: "/portal/units",
    drivers: "/portal/drivers",
    driver: (driverId: string) => `/portal/drivers/${driverId}`,
    newDriver: (driverId: string) => `/portal/drivers/${driverId}?new=1`,
    unit: (assetId: string) => `/portal?unit=${assetId}`,
    asset: (id: string) => `/portal/assets/${id}`,
    order: (id: string) => `/portal/work-orders/${id}`,
    settings: "/portal/settings",
    exportZip: "/portal/export.zip",
    addFile: (to: string) => `/portal/files/new?to=${encodeURIComponent(to)}`,
    file: (attachmentId: string) => `/portal/files/${attachmentId}`,
    thumbnail: (attachmentId: string) => `/portal/files/${attachmentId}/thumbnail`,
    maintenance: "/portal/maintenance",
    request: (assetId: string, fault?: string) => `/portal/assets/${assetId}/request${fault ? `?fault=${encodeURIComponent(fault)}` : ""}`,
    signIn: "/portal/sign-in",
    signInLink: (token: string) => `/portal/sign-in/${token}`,
  },
  vendor: {
    home: "/vendor-portal",
    active: "/vendor-portal/active",
    completed: "/vendor-portal/completed",
    job: (id: string) => `/vendor-portal/jobs/${id}`,
    addFile: (to: string) => `/vendor-portal/files/new?to=${encodeURIComponent(to)}`,
    file: (attachmentId: string) => `/vendor-portal/files/${attachmentId}`,
    thumbnail: (attachmentId: string) => `/vendor-portal/files/${attachmentId}/thumbnail`,
    sessions: "/vendor-portal/sign-ins",
    /** Help about the page of this address. */
    help: (on: string) => `/vendor-portal/help?on=${encodeURIComponent(on)}`,
    signIn: "/vendor-portal/sign-in",
  },
  driver: {
    home: "/driver-portal",
    unit: (assetId: string) => `/driver-portal/unit/${assetId}`,
    inspect: (submissionId: string, step: string) => `/driver-portal/inspect/${submissionId}/${step}`,
    signed: (submissionId: string) => `/driver-portal/signed/${submissionId}`,
    history: "/driver-portal/history",
    form: "/driver-portal/form",
    sessions: "/driver-portal/sign-ins",
    /** Help about the page of this address. */
    help: (on: string) => `/driver-portal/help?on=${encodeURIComponent(on)}`,
    signIn: "/driver-portal/sign-in",
    signInLink: (token: string) => `/driver-portal/sign-in/${token}`,
    enrol: (token: string) => `/driver-portal/enrol/${token}`,
  },
} as const;

export const homeOf: Record<Portal, string> = {
  staff: paths.staff.today,
  customer: paths.customer.home,
  vendor: paths.vendor.home,
  driver: paths.driver.home,
};

/** The sign-in page of each portal. */
export const signInPath: Record<Portal, string> = {
  staff: paths.login,
  customer: paths.customer.signIn,
  vendor: paths.vendor.signIn,
  driver: paths.driver.signIn,
};

/** A destination taken from outside is used only when it is a path of this site. */
export function localPath(candidate: string | null | undefined, fallback: string): string {
  if (!candidate || !/^\/(?![/\\])[\x21-\x7e]*$/.test(candidate)) return fallback;
  return candidate.includes("\\") ? fallback : candidate;
}

/** A path of this portal, taken from outside; null where it is not one. */
export function pageOf(portal: Portal, candidate: string | null | undefined): string | null {
  const page = localPath(candidate, "");
  const home = homeOf[portal];
  return page.length <= 300 && (page === home || page.startsWith(`${home.replace(/\/$/, "")}/`) || page.startsWith(`${home}?`)) ? page : null;
}
