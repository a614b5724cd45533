import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { shownOn } from "../../../tests/world/forms";
import { pagesOf } from "../../../tests/world/pages";
import { createWorld } from "../../../tests/world/world";
import { addPastedDrivers, checkPastedDrivers } from "./add-pasted-drivers.server";
import { readDriversOf } from "./drivers.read.server";
import { archiveDriver } from "./save-driver.server";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const staff = { ...(await shop.asStaff()), clock: world.clock };
  const names = async () => (await readDriversOf(staff.db, customer.id)).map(({ name }) => name);
  return { world, shop, customer, staff, names };
}

const LIST = "Ann Ott, ann@example.test\nBob Ray; 219-555-0143\nCy Poe";

test("a list adds its good lines once, with codes and PINs, and gives the others back, however often it is sent", async () => {
  const { staff, customer, names } = await setUp();
  const form = { list: newId("driver"), customerId: customer.id, text: LIST };
  expect(await checkPastedDrivers(staff, customer.id, LIST)).toMatchObject({
    ok: true,
    value: [{ driver: { name: "Ann Ott" } }, { driver: { name: "Bob Ray" } }, { at: 3, problem: "Add an email or a phone number." }],
  });
  expect(await names()).toEqual([]);
  const refused = [{ at: 3, text: "Cy Poe", problem: "Add an email or a phone number." }];
  const first = await addPastedDrivers(staff, form);
  expect(first).toMatchObject({ ok: true, value: { added: [{ name: "Ann Ott" }, { name: "Bob Ray" }], before: 0, refused } });
  if (!first.ok) return;
  expect(new Set(first.value.added.map(({ code }) => code)).size).toBe(2);
  for (const { pin, code } of first.value.added) expect([pin, code]).toEqual([expect.stringMatching(/^\d{6}$/), expect.stringMatching(/^\d{4,8}$/)]);
  expect(await addPastedDrivers(staff, form)).toEqual({ ok: true, value: { added: [], before: 2, refused } });
  // Another form with the same list is another attempt: they are there.
  expect(await addPastedDrivers(staff, { ...form, list: newId("driver") })).toMatchObject({
    ok: true,
    value: { added: [], before: 0, refused: [{ problem: "This driver is already added." }, { problem: "This driver is already added." }, ...refused] },
  });
  expect(await names()).toEqual(["Ann Ott", "Bob Ray"]);
});

test("the same form sent twice at the same time adds each driver once", async () => {
  const { staff, customer, names } = await setUp();
  const form = { list: newId("driver"), customerId: customer.id, text: LIST };
  const answers = await Promise.all([addPastedDrivers(staff, form), addPastedDrivers(staff, form)]);
  const done = answers.map((answer) => (answer.ok ? answer.value : null));
  expect(
    done
      .flatMap((one) => one?.added ?? [])
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["Ann Ott", "Bob Ray"]);
  expect(done.map((one) => (one?.added.length ?? 0) + (one?.before ?? 0))).toEqual([2, 2]);
  expect(await names()).toEqual(["Ann Ott", "Bob Ray"]);
});

test("an address of another customer's driver is refused, one of an archived driver is free", async () => {
  const { shop, staff, customer, names } = await setUp();
  const other = await shop.driver({ customer: await shop.customer(), email: "ann@example.test" });
  const add = () => addPastedDrivers(staff, { list: newId("driver"), customerId: customer.id, text: LIST });
  expect(await add()).toMatchObject({ value: { added: [{ name: "Bob Ray" }], refused: [{ at: 1, problem: "Another driver has this address." }, { at: 3 }] } });
  await archiveDriver(staff, other.id);
  expect(await add()).toMatchObject({ value: { added: [{ name: "Ann Ott" }] } });
  expect(await names()).toEqual(["Ann Ott", "Bob Ray"]);
});

test.each(["customer", "staff"] as const)("%s paste a list without JavaScript, look at it, and correct what was refused", async (portal) => {
  const { world, shop, customer, staff, names } = await setUp();
  const contacts = ["all", "none"].map((name) => `${name}@${shop.id.slice(-8)}.test`);
  // The first contact of a customer may do everything, later ones read.
  for (const email of contacts) await addContact(staff, { customerId: customer.id, name: email, email });
  await world.settle();
  const cookieOf = async (email: string) => (await shop.session(email, portal)).cookie;
  const cookie = await cookieOf(portal === "staff" ? shop.ownerEmail : (contacts[0] ?? ""));
  const path = portal === "staff" ? `/customers/${customer.id}/drivers` : "/portal/drivers/several";
  const pages = await pagesOf(world.context);
  const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
  const post = (form: Record<string, string>) => pages(new Request(`http://localhost${path}`, { method: "POST", headers, body: new URLSearchParams(form) }));
  const fields = async (answer: Response, intent: string) => {
    const form = (await shownOn(answer)).forms.find((one) => one.intent === intent);
    return Object.fromEntries(Object.entries(form?.controls ?? {}).map(([name, { value }]) => [name, value.trim()]));
  };
  const opened = await fields(await pages(new Request(`http://localhost${path}`, { headers })), "check");
  expect((await post({ ...opened, text: " " })).status).toBe(422);
  const checked = await post({ ...opened, text: LIST });
  const html = await checked.clone().text();
  for (const shown of ["Add 2 drivers", "219-555-0143", "Add an email or a phone number."]) expect(html).toContain(shown);
  expect(await names()).toEqual([]);
  const toAdd = await fields(checked.clone(), "add");
  expect(toAdd).toMatchObject({ text: LIST, list: expect.stringMatching(/^drv_/) });
  expect((await fields(checked, "check")).text).toBe(LIST);
  const added = await post(toAdd);
  expect(await added.clone().text()).toContain("2 drivers added.");
  expect(await names()).toEqual(["Ann Ott", "Bob Ray"]);
  expect((await fields(added, "check")).text).toBe("Cy Poe");
  expect(await (await post(toAdd)).text()).toContain("2 were already added by this form.");
  if (portal === "customer") {
    headers.Cookie = await cookieOf(contacts[1] ?? "");
    expect((await post({ ...toAdd, text: "Di Fox, di@example.test" })).status).toBe(409);
    expect(await names()).toEqual(["Ann Ott", "Bob Ray"]);
  }
});
