import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { HOUR } from "~/kernel/time";
import { addFile } from "~/modules/attachments/add-file.server";
import { png } from "~/modules/attachments/attachments.fixtures";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { contacts } from "~/modules/customers/customer.tables";
import { exceededQuota, type QuotaName, quotaKeys, quotas } from "~/platform/http/quotas.server";
import { fromSession } from "~/platform/scope/scope.server";
import { loader as exportZip } from "~/routes/customer/export-zip";
import { action as requestService } from "~/routes/customer/service-request";
import { loader as statementPdf } from "~/routes/customer/statement-pdf";
import { loader as customersCsv } from "~/routes/staff/customers-csv";
import { loader as journalCsv } from "~/routes/staff/journal-csv";
import { action as people } from "~/routes/staff/people";
import { loader as staffStatementPdf } from "~/routes/staff/statement-pdf";
import { browserIn, type TestResponse } from "./world/browser";
import { exhaustQuota } from "./world/quotas";
import { testRequest } from "./world/request";
import type { Customer } from "./world/shop";
import { createWorld } from "./world/world";

/** Those of contacts and staff; a driver's own is tested with what drivers send (workers/driver-api.workers.test.ts). */
const names = (Object.keys(quotas) as QuotaName[]).filter((name) => name !== "inspection" && name !== "list"); // the keys of the table
const complaint = "Coolant smell in the cab";

/** Two customers, the first with two contacts, and what each person of a shop does that a quota counts. */
async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:10:00Z" });
  const shop = await world.shop();
  const staff = await shop.asStaff();
  const [mine, other] = [await shop.customer(), await shop.customer()];
  const contactOf = async ({ id }: Customer, name: string): Promise<Customer> => {
    const email = `${name}@${shop.id.slice(-8)}.test`;
    expect((await addContact(staff, { customerId: id, name, email })).ok).toBe(true);
    const rights = { mayDocuments: true, mayExport: true, mayService: true };
    await shop.db.batch([shop.db.update(contacts, rights, eq(contacts.email, email))]);
    return { id, email };
  };
  const [renee, colleague, stranger] = [await contactOf(mine, "renee"), await contactOf(mine, "cole"), await contactOf(other, "stan")];
  await world.drainOutbox(shop);
  const units = new Map([
    [mine.id, await shop.asset({ customer: mine })],
    [other.id, await shop.asset({ customer: other })],
  ]);
  const file = (id: string) => ({
    id: newId("attachment"),
    record: { kind: "customer" as const, id },
    name: "a.png",
    audiences: [],
    content: (async function* () {
      yield png;
    })(),
  });
  const answered = (added: Awaited<ReturnType<typeof addFile>>): Pick<TestResponse, "status"> & Partial<TestResponse> => ({
    status: added.ok ? 200 : added.error.kind === "over-quota" ? 429 : 500,
  });

  async function asCustomer(person: Customer, name: QuotaName) {
    const browser = browserIn(world);
    browser.jar.set("__Host-customer", (await shop.session(person.email, "customer")).cookie.split("=")[1] ?? "");
    if (name === "upload") return answered(await addFile(await shop.as(person), file(person.id)));
    if (name === "document") return browser.get(statementPdf, "/");
    if (name === "export") return browser.get(exportZip, "/");
    const form = { id: newId("workOrder"), complaint, urgency: "can-drive", preferredDay: "", reading: "", fault: "" };
    return browser.post(requestService, "/", form, { params: { assetId: units.get(person.id) ?? "" } });
  }
  async function asOwner(name: QuotaName) {
    const browser = browserIn(world);
    browser.jar.set("__Host-staff", (await shop.session(shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
    if (name === "upload") return answered(await addFile(staff, file(mine.id)));
    if (name === "document") return browser.get(staffStatementPdf, "/", { params: { customerId: mine.id } });
    if (name === "export") return browser.get(journalCsv, "/");
    return browser.post(people, "/", { intent: "invite", name: "New", email: `new-${newId("event")}@staff.test`, role: "technician" });
  }
  const scopeOf = async (person: Customer) => (await shop.as(person)).db.scope;
  const keyOf = async (name: QuotaName, person: Customer, share: "person" | "party" | "organization") => {
    const found = quotaKeys(name, await scopeOf(person)).find((key) => key.share === share);
    if (!found) throw new Error(`no ${share} is counted`);
    return found;
  };
  return { world, shop, staff, renee, colleague, stranger, asCustomer, asOwner, keyOf };
}

test.each(names)("%s: one contact at its limit is refused, and a colleague, another customer and the shop still get through", async (name) => {
  const { world, staff, renee, colleague, stranger, asCustomer, asOwner, keyOf } = await setUp();
  const isFine = ({ status }: Pick<TestResponse, "status">) => expect([200, 302, 303]).toContain(status);
  const at = world.clock.now();

  await exhaustQuota(world.env.DIRECTORY, name, await keyOf(name, renee, "person"), at);
  const refused = await asCustomer(renee, name);
  expect(refused.status).toBe(429);
  if (refused.headers) expect(refused.headers.get("Retry-After")).toBe(String(50 * 60));
  // The form keeps what was typed, and its message tells what to do.
  if (name === "mail")
    expect(refused).toMatchObject({ body: { problem: { message: expect.stringContaining("Wait 50 min, then try again."), values: { complaint } } } });
  isFine(await asCustomer(colleague, name));

  // Nor do the tries that were refused use up what the colleague has.
  await exhaustQuota(world.env.DIRECTORY, name, await keyOf(name, renee, "party"), at);
  expect((await asCustomer(colleague, name)).status).toBe(429);
  isFine(await asCustomer(stranger, name));

  await exhaustQuota(world.env.DIRECTORY, name, await keyOf(name, stranger, "organization"), at);
  expect((await asCustomer(stranger, name)).status).toBe(429);
  isFine(await asOwner(name));

  for (const key of quotaKeys(name, staff.db.scope)) await exhaustQuota(world.env.DIRECTORY, name, key, at);
  expect((await asOwner(name)).status).toBe(429);
  world.clock.pass(HOUR);
  for (const person of [renee, colleague, stranger]) isFine(await asCustomer(person, name));
  isFine(await asOwner(name));
  await world.settle();
});

test("lists that are downloaded are counted apart from exports", async () => {
  const { world, shop, staff } = await setUp();
  const browser = browserIn(world);
  browser.jar.set("__Host-staff", (await shop.session(shop.ownerEmail, "staff")).cookie.split("=")[1] ?? "");
  const at = world.clock.now();
  for (const key of quotaKeys("export", staff.db.scope)) await exhaustQuota(world.env.DIRECTORY, "export", key, at);
  expect((await browser.get(customersCsv, "/")).status).toBe(200);
  for (const key of quotaKeys("list", staff.db.scope)) await exhaustQuota(world.env.DIRECTORY, "list", key, at);
  expect((await browser.get(customersCsv, "/")).status).toBe(429);
});

test("a person is counted once over all sessions, and what a narrow limit refuses isn't counted for the others", async () => {
  const { world, renee, asCustomer, keyOf } = await setUp();
  const { directory } = world.context.platform;
  await exhaustQuota(world.env.DIRECTORY, "mail", await keyOf("mail", renee, "person"), world.clock.now());
  for (let session = 0; session < 3; session++) expect((await asCustomer(renee, "mail")).status).toBe(429);
  const { key } = await keyOf("mail", renee, "party");
  expect(await directory.countAttempt([key], quotas.mail.window, world.clock.now())).toBe(1);
});

test("vendors and drivers are counted by their company as customers are, and what is left of a shop's portals is theirs together", async () => {
  const { world, shop, staff } = await setUp();
  const [vendorId, email] = [newId("vendor"), `desk@${newId("event")}.test`];
  await shop.person("vendor", email, vendorId);
  const vendor = world.context.servicesFor(fromSession((await shop.session(email, "vendor")).session, testRequest));
  const { scope } = vendor.db;
  expect(quotaKeys("mail", scope).map(({ share }) => share)).toEqual(["person", "party", "organization"]);
  expect(await exceededQuota(vendor, "mail")).toBeNull();
  for (const [share, whose] of [
    ["person", "You"],
    ["party", "Your company"],
    ["organization", "The people of this portal"],
  ] as const) {
    const key = quotaKeys("mail", scope).find((one) => one.share === share) ?? expect.fail(share);
    await exhaustQuota(world.env.DIRECTORY, "mail", key, world.clock.now());
    const message = `${whose} sent too much that goes out by email within an hour. Wait 50 min, then try again.`;
    expect(await exceededQuota(vendor, "mail")).toEqual({ kind: "over-quota", message, retryAfterSeconds: 50 * 60 });
    await world.env.DIRECTORY.prepare("delete from throttles where key = ?").bind(key.key).run();
  }
  expect(await exceededQuota(staff, "mail")).toBeNull();
});
