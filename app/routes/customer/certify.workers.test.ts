import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { loadDefects } from "~/modules/inspections/defects/defects.store.server";
import { inspectionDefects } from "~/modules/inspections/inspection.tables";
import { type FiledReport, fileReport } from "~/modules/inspections/inspections.fixtures";
import { journal } from "~/platform/database/tenant.tables";
import { readDriverStart } from "~/queries/driver/start.server";
import { shownOn } from "../../../tests/world/forms";
import { pagesOf } from "../../../tests/world/pages";
import type { Customer, Shop } from "../../../tests/world/shop";
import { createWorld, type World } from "../../../tests/world/world";

let world: World;
let shop: Shop;
let fleet: Customer;
let fleetName: string;
let driver: Awaited<ReturnType<Shop["driver"]>>;
let driverEmail: string;
let ask: Awaited<ReturnType<typeof pagesOf>>;

beforeAll(async () => {
  world = await createWorld();
  shop = await world.shop();
  fleet = await shop.customer();
  const [row] = await shop.db.query({ from: customers, columns: { name: customers.name }, where: eq(customers.id, fleet.id), limit: 1 });
  fleetName = row?.name ?? expect.fail("no customer");
  driverEmail = `driver@${shop.host}`;
  driver = await shop.driver({ customer: fleet, email: driverEmail });
  ask = await pagesOf(world.context);
});

/** The customer's signed-in contact, with the right to certify or without. */
async function contactOf({ id, email }: Customer, mayCertify: boolean) {
  const known = await shop.db.query({ from: contacts, columns: { id: contacts.id }, where: eq(contacts.email, email), limit: 1 });
  if (known.length > 0) await shop.db.batch([shop.db.update(contacts, { mayCertify }, eq(contacts.email, email))]);
  else
    await shop.db.batch([
      shop.db.insert(contacts, { id: newId("contact"), customerId: id, name: "Joe", email, mayCertify, version: 1, createdAt: world.clock.now() }),
    ]);
  const { cookie } = await shop.session(email, "customer");
  const get = (path: string) => ask(new Request(`http://localhost${path}`, { headers: { Cookie: cookie } }));
  return {
    get,
    text: async (path: string) => (await (await get(path)).text()).replaceAll("<!-- -->", ""),
    post: (path: string, form: Record<string, string>) =>
      ask(
        new Request(`http://localhost${path}`, {
          method: "POST",
          headers: { Cookie: cookie, Origin: "http://localhost", "Sec-Fetch-Site": "same-origin" },
          body: new URLSearchParams(form),
        }),
      ),
  };
}
async function reported(): Promise<{ report: FiledReport; asset: Id<"asset">; defect: Id<"defect"> }> {
  const asset = await shop.asset({ customer: fleet });
  const report = await fileReport(shop, { customer: fleet, driver, asset, defects: [{ severity: "safety" }] });
  return { report, asset, defect: report.defects[0] ?? expect.fail("no defect") };
}
const certificationsOf = async (id: Id<"defect">) => (await loadDefects(shop.db, eq(inspectionDefects.id, id)))[0]?.certifications;
const signed = (defect: string, intent: "certify" | "certify-unnecessary" = "certify") => ({
  intent,
  [defect]: "1",
  signedName: "Joe Wrench",
  sure: "on",
  reason: "New tire, torqued",
});

test("a fleet's own mechanic certifies a repair, and everybody reads who signed and for whom", async () => {
  const { report, asset, defect } = await reported();
  const browser = await contactOf(fleet, true);
  const path = paths.customer.inspection(report.id);
  expect((await shownOn(await browser.get(path))).forms.map(({ intent }) => intent)).toEqual(expect.arrayContaining(["certify", "certify-unnecessary"]));
  expect(await browser.text(paths.customer.asset(asset))).toContain("Report and certification");
  const unsure: Record<string, string> = signed(defect);
  delete unsure.sure;
  expect((await browser.post(path, unsure)).status).toBe(422);
  expect((await browser.post(path, { ...signed(defect, "certify-unnecessary"), reason: "" })).status).toBe(422);
  expect(await certificationsOf(defect)).toEqual([]);
  expect((await browser.post(path, signed(defect))).status).toBe(200);
  // Sent twice, it is signed once.
  expect((await browser.post(path, signed(defect))).status).toBe(200);
  const [entry] = await shop.db.query({
    from: journal,
    columns: { actor: journal.actor, body: journal.body },
    where: and(eq(journal.recordKind, "defect"), eq(journal.recordId, defect)),
    limit: 5,
  });
  expect(entry).toMatchObject({ actor: { audience: "customer" }, body: { signedName: "Joe Wrench", signedFor: fleetName } });
  expect(await certificationsOf(defect)).toMatchObject([{ outcome: "repaired", signedName: "Joe Wrench", signedFor: fleetName, by: { audience: "customer" } }]);
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const atShop = await (await ask(new Request(`http://localhost${paths.staff.inspection(report.id)}`, { headers: { Cookie: cookie } }))).text();
  expect(atShop.replaceAll("<!-- -->", "")).toContain(`Repaired, signed by Joe Wrench for ${fleetName}`);
  expect(atShop).toContain("Review pending");
  const start = await readDriverStart(await shop.driverDatabase(driverEmail), world.clock.now());
  expect(start?.defects.find(({ id }) => id === defect)?.certification).toMatchObject({ signedName: "Joe Wrench", signedFor: fleetName });
});

test("without the right nothing is signed, whatever is sent", async () => {
  const { report, defect } = await reported();
  const browser = await contactOf(fleet, false);
  const path = paths.customer.inspection(report.id);
  expect((await shownOn(await browser.get(path))).forms.map(({ intent }) => intent)).not.toContain("certify");
  const refused = await browser.post(path, signed(defect));
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("You can&#x27;t certify repairs.");
  expect((await browser.post(path, signed(defect, "certify-unnecessary"))).status).toBe(409);
  expect(await certificationsOf(defect)).toEqual([]);
});

test("another fleet's defects and those of a unit that was sold are nobody's to sign here", async () => {
  const { report, asset, defect } = await reported();
  const other = await shop.customer();
  const theirs = await contactOf(other, true);
  const { report: own } = await fileOther(other);
  expect((await theirs.post(paths.customer.inspection(own.id), signed(defect))).status).toBe(404);
  expect((await theirs.post(paths.customer.inspection(report.id), signed(defect))).status).toBe(404);
  await shop.sellAsset({ asset, to: other, at: world.clock.now() });
  const seller = await contactOf(fleet, true);
  expect((await shownOn(await seller.get(paths.customer.inspection(report.id)))).forms.map(({ intent }) => intent)).not.toContain("certify");
  expect((await seller.post(paths.customer.inspection(report.id), signed(defect))).status).toBe(404);
  expect((await theirs.post(paths.customer.inspection(own.id), signed(defect))).status).toBe(404);
  expect(await certificationsOf(defect)).toEqual([]);

  async function fileOther(customer: Customer) {
    const [its, itsDriver] = [await shop.asset({ customer }), await shop.driver({ customer })];
    return { report: await fileReport(shop, { customer, driver: itsDriver, asset: its, defects: [{}] }) };
  }
});
