import type { Page } from "playwright-core";

export type Person = "owner@harbor.test" | "fleet@northline.test" | "desk@gearworks.test" | "service@coolant.test" | "dana@northline.test";

export type Screen = {
  /** The picture's name, before its width and theme. */
  name: string;
  path: string;
  as?: Person;
  /** Instead of the demo's shops: a database where nobody has set up a shop, or one where somebody just has. */
  on?: "unset" | "new";
  /** What is done on the page before it is taken. */
  prepare?(page: Page): Promise<void>;
};

const selectUnit = (number: string) => async (page: Page) => {
  await page.getByRole("list", { name: "Units" }).getByRole("link").filter({ hasText: number }).first().click();
  await page.getByRole("complementary", { name: /Unit/ }).waitFor();
};

const askFor = (email: string) => async (page: Page) => {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.getByLabel("6-digit code").waitFor();
};

const sendEmpty = (button: string) => async (page: Page) => {
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("alert").first().waitFor();
};

/** Every page, in the states worth looking at. A new page gets a line here. */
export const screens: Screen[] = [
  { name: "login", path: "/login" },
  { name: "login-refused", path: "/login", prepare: sendEmpty("Sign in") },
  { name: "forgot-password", path: "/forgot-password?as=vendor" },
  { name: "setup", path: "/setup", on: "unset" },
  { name: "error-not-found", path: "/no-such-page" },

  { name: "staff-fleet", path: "/", as: "owner@harbor.test" },
  { name: "staff-fleet-unit", path: "/", as: "owner@harbor.test", prepare: selectUnit("101") },
  { name: "staff-fleet-nothing-found", path: "/?q=nothing-like-it", as: "owner@harbor.test" },
  { name: "staff-board", path: "/board", as: "owner@harbor.test" },
  { name: "staff-estimates", path: "/estimates", as: "owner@harbor.test" },
  { name: "staff-estimate-sent", path: "/estimates?q=clutch", as: "owner@harbor.test", prepare: followFirst(/^E-/) },
  { name: "staff-estimate-draft", path: "/estimates?show=draft", as: "owner@harbor.test", prepare: followFirst(/^E-/) },
  { name: "staff-estimate-declined", path: "/estimates?q=windshield", as: "owner@harbor.test", prepare: followFirst(/^E-/) },
  { name: "staff-estimate-job", path: "/estimates?show=draft", as: "owner@harbor.test", prepare: follow(/^E-/, /Change job 1/) },
  { name: "staff-estimate-photos", path: "/estimates?show=draft", as: "owner@harbor.test", prepare: follow(/^E-/, /photos of/) },
  { name: "staff-estimate-new", path: "/estimates/new?q=106", as: "owner@harbor.test", prepare: followFirst(/106/) },
  { name: "staff-invoices", path: "/invoices", as: "owner@harbor.test" },
  { name: "staff-invoices-paid", path: "/invoices?show=paid", as: "owner@harbor.test" },
  { name: "staff-invoice", path: "/invoices", as: "owner@harbor.test", prepare: followFirst(/INV-1002/) },
  { name: "staff-invoices-cores", path: "/invoices?show=cores", as: "owner@harbor.test" },
  { name: "staff-invoice-cores", path: "/invoices?show=cores", as: "owner@harbor.test", prepare: followFirst(/INV-1006/) },
  { name: "staff-account", path: "/customers", as: "owner@harbor.test", prepare: follow(/Northline Freight/, /^Account$/) },
  { name: "staff-statement", path: "/customers", as: "owner@harbor.test", prepare: follow(/Northline Freight/, /^Account$/, /^Statement$/) },
  { name: "staff-invoice-new", path: "/invoices", as: "owner@harbor.test", prepare: followFirst(/Northline.*completed order/) },
  { name: "staff-order-assign", path: "/work-orders?q=1006", as: "owner@harbor.test", prepare: assignToVendor },
  { name: "staff-vendor-work", path: "/vendor-work", as: "owner@harbor.test" },
  { name: "staff-vendor-estimate", path: "/vendor-work", as: "owner@harbor.test", prepare: followFirst(/V-5/) },
  { name: "staff-vendor-invoice", path: "/vendor-work", as: "owner@harbor.test", prepare: followFirst(/V-2/) },
  { name: "staff-vendor-invoice-refused", path: "/vendor-work", as: "owner@harbor.test", prepare: approveSilently },
  { name: "staff-vendor-settled", path: "/vendor-work", as: "owner@harbor.test", prepare: followFirst(/V-4/) },
  { name: "staff-vendor-called-off", path: "/vendor-work", as: "owner@harbor.test", prepare: followFirst(/V-7/) },
  { name: "staff-vendor-by-phone", path: "/vendor-work", as: "owner@harbor.test", prepare: followFirst(/V-8/) },
  { name: "staff-record-answer", path: "/vendor-work", as: "owner@harbor.test", prepare: follow(/V-8/, /Record vendor's answer/) },
  { name: "staff-vendors", path: "/settings/vendors", as: "owner@harbor.test" },
  { name: "staff-vendor", path: "/settings/vendors", as: "owner@harbor.test", prepare: followFirst(/Gearworks/) },
  { name: "staff-customers", path: "/customers", as: "owner@harbor.test" },
  { name: "staff-customer", path: "/customers", as: "owner@harbor.test", prepare: followFirst(/Northline/) },
  { name: "staff-driver", path: "/customers", as: "owner@harbor.test", prepare: oneDriver },
  { name: "staff-driver-new", path: "/customers", as: "owner@harbor.test", prepare: newDriver },
  { name: "staff-tablets", path: "/settings/tablets", as: "owner@harbor.test" },
  { name: "staff-tablets-qr", path: "/settings/tablets", as: "owner@harbor.test", prepare: showQr },
  { name: "staff-contact", path: "/customers", as: "owner@harbor.test", prepare: follow(/Northline/, /Renee Okafor/) },
  { name: "staff-notices", path: "/notices", as: "owner@harbor.test" },
  { name: "staff-notifications", path: "/settings/notifications", as: "owner@harbor.test" },
  { name: "staff-sign-ins", path: "/settings/sign-ins", as: "owner@harbor.test" },
  { name: "staff-second-factor", path: "/settings/sign-ins", as: "owner@harbor.test", prepare: beginFactor },
  { name: "staff-sign-in-rules", path: "/settings/sign-in-rules", as: "owner@harbor.test" },
  { name: "staff-plan", path: "/settings/plan", as: "owner@harbor.test" },
  { name: "portal-viewed", path: "/customers", as: "owner@harbor.test", prepare: viewPortal },
  { name: "staff-customer-hide-file", path: "/customers", as: "owner@harbor.test", prepare: hideFirstFile },
  { name: "staff-settings", path: "/settings", as: "owner@harbor.test" },
  { name: "staff-organization", path: "/settings/organization", as: "owner@harbor.test" },
  { name: "staff-organization-color", path: "/settings/organization", as: "owner@harbor.test", prepare: typeColor("#ffd400") },
  { name: "staff-organization-logo", path: "/settings/organization/logo", as: "owner@harbor.test" },
  { name: "staff-people", path: "/settings/people", as: "owner@harbor.test" },
  { name: "staff-rates", path: "/settings/rates", as: "owner@harbor.test" },
  { name: "staff-devices", path: "/settings/devices", as: "owner@harbor.test" },

  { name: "staff-fleet-empty", path: "/", on: "new" },
  { name: "staff-board-empty", path: "/board", on: "new" },
  { name: "staff-invoices-empty", path: "/invoices", on: "new" },
  { name: "staff-customers-empty", path: "/customers", on: "new" },
  { name: "staff-devices-empty", path: "/settings/devices", on: "new" },

  { name: "portal-sign-in", path: "/portal" },
  { name: "portal-sign-in-code", path: "/portal", prepare: askFor("nobody@northline.test") },
  { name: "portal-link-spent", path: "/portal/sign-in/spent", prepare: pressContinue },
  { name: "portal-invoices", path: "/portal/invoices", as: "fleet@northline.test" },
  { name: "portal-statement", path: "/portal/statement", as: "fleet@northline.test" },
  { name: "portal-invoice", path: "/portal/invoices", as: "fleet@northline.test", prepare: followFirst(/INV-1002/) },
  { name: "portal-invoice-cores", path: "/portal/invoices", as: "fleet@northline.test", prepare: followFirst(/INV-1006/) },
  { name: "portal-home", path: "/portal", as: "fleet@northline.test" },
  { name: "portal-order", path: "/portal", as: "fleet@northline.test", prepare: followFirst(/Clutch and flywheel/) },
  { name: "portal-settings", path: "/portal/settings", as: "fleet@northline.test" },
  { name: "portal-request", path: "/portal", as: "fleet@northline.test", prepare: follow(/^Unit 110/, /Request service/) },
  { name: "portal-asset", path: "/portal", as: "fleet@northline.test", prepare: followFirst(/^Unit 110/) },
  { name: "portal-estimates", path: "/portal/estimates", as: "fleet@northline.test" },
  { name: "portal-estimate", path: "/portal/estimates", as: "fleet@northline.test", prepare: followFirst(/Clutch/) },
  { name: "portal-estimate-declined", path: "/portal/estimates", as: "fleet@northline.test", prepare: followFirst(/Windshield/) },
  { name: "portal-fleet-unit", path: "/portal", as: "fleet@northline.test", prepare: selectUnit("101") },

  { name: "vendor-sign-in", path: "/vendor-portal" },
  { name: "vendor-pending", path: "/vendor-portal", as: "desk@gearworks.test" },
  { name: "vendor-active-empty", path: "/vendor-portal/active", as: "desk@gearworks.test" },
  { name: "vendor-completed", path: "/vendor-portal/completed", as: "desk@gearworks.test" },
  { name: "vendor-job-new", path: "/vendor-portal", as: "desk@gearworks.test", prepare: followFirst(/Resurface/) },
  { name: "vendor-job-invoiced", path: "/vendor-portal/completed", as: "desk@gearworks.test", prepare: followFirst(/transmission/) },
  { name: "vendor-job-called-off", path: "/vendor-portal/completed", as: "desk@gearworks.test", prepare: followFirst(/axle shaft seals/) },
  { name: "vendor-job-estimate", path: "/vendor-portal/active", as: "service@coolant.test", prepare: followFirst(/Pressure-test/) },
  { name: "driver-sign-in", path: "/driver-portal" },
  { name: "driver-sign-in-refused", path: "/driver-portal", prepare: wrongPin },
  { name: "driver-enrol", path: "/driver-portal/enrol/some" },
  { name: "driver-home-shared", path: "/driver-portal", prepare: byPin },
  { name: "driver-home", path: "/driver-portal", as: "dana@northline.test" },

  { name: "dev-mailbox", path: "/dev/mailbox" },
];

function follow(...names: RegExp[]) {
  return async (page: Page) => {
    for (const name of names) await followFirst(name)(page);
  };
}

function followFirst(name: RegExp) {
  return async (page: Page) => {
    const before = page.url();
    await page.getByRole("main").getByRole("link", { name }).first().click();
    await page.waitForURL((url) => url.href !== before);
  };
}

async function assignToVendor(page: Page): Promise<void> {
  await followFirst(/WO-1006/)(page);
  await page.getByRole("button", { name: "Assign to vendor" }).click();
  await page.getByRole("dialog").waitFor();
}

async function approveSilently(page: Page): Promise<void> {
  await followFirst(/V-2/)(page);
  await sendEmpty("Approve")(page);
}

async function oneDriver(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await followFirst(/Dana/)(page);
}

async function newDriver(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await followFirst(/Add driver/)(page);
}

async function showQr(page: Page): Promise<void> {
  await page.getByLabel("Where is it?").fill("Gate tablet");
  await page.getByRole("button", { name: "Enroll tablet" }).click();
  await page.getByRole("img", { name: /QR/ }).waitFor();
}

async function typePin(page: Page, pin: string): Promise<void> {
  await page.getByLabel("Code").fill("5820");
  await page.getByLabel("PIN").fill(pin);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function byPin(page: Page): Promise<void> {
  await typePin(page, "371956");
  await page.getByRole("button", { name: "Not you?" }).waitFor();
}

async function wrongPin(page: Page): Promise<void> {
  await typePin(page, "000000");
  await page.getByRole("alert").waitFor();
}

async function beginFactor(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
}

async function viewPortal(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await page.getByRole("button", { name: "View as Renee Okafor" }).click();
  await page.getByRole("button", { name: "Stop viewing" }).waitFor();
}

function typeColor(color: string) {
  return (page: Page) => page.getByLabel("Brand color").fill(color);
}

async function hideFirstFile(page: Page): Promise<void> {
  await followFirst(/Northline/)(page);
  await page
    .getByRole("link", { name: /^Hide / })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
}

async function pressContinue(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This link has been used or has expired").waitFor();
}
