import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { DAY, later, MINUTE } from "~/kernel/time";
import { attachments } from "~/modules/attachments/attachment.tables";
import { contacts } from "~/modules/customers/customer.tables";
import { loadDefects } from "~/modules/inspections/defects/defects.store.server";
import { inspectionDefects } from "~/modules/inspections/inspection.tables";
import { type FiledReport, fileReport } from "~/modules/inspections/inspections.fixtures";
import { sentBy, shownOn } from "../../../../tests/world/forms";
import { pagesOf } from "../../../../tests/world/pages";
import type { Customer, Shop } from "../../../../tests/world/shop";
import { createWorld, type World } from "../../../../tests/world/world";

let world: World;
let shop: Shop;
let customer: Customer;
let driver: Awaited<ReturnType<Shop["driver"]>>;
let ask: Awaited<ReturnType<typeof pagesOf>>;

beforeAll(async () => {
  world = await createWorld();
  shop = await world.shop();
  customer = await shop.customer();
  await addContact(customer);
  driver = await shop.driver({ customer });
  ask = await pagesOf(world.context);
});

const addContact = ({ id, email }: Customer) =>
  shop.db.batch([shop.db.insert(contacts, { id: newId("contact"), customerId: id, name: "Renee", email, version: 1, createdAt: world.clock.now() })]);

async function browserOf(email: string, portal: "staff" | "customer") {
  const { cookie } = await shop.session(email, portal);
  const get = (path: string) => ask(new Request(`http://localhost${path}`, { headers: { Cookie: cookie } }));
  return {
    get,
    /** As it is read: React marks where texts meet. */
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
type Browser = Awaited<ReturnType<typeof browserOf>>;
const owner = () => browserOf(shop.ownerEmail, "staff");
const report = async (more: Partial<Parameters<typeof fileReport>[1]> = {}): Promise<FiledReport & { asset: Id<"asset"> }> => {
  const asset = await shop.asset({ customer });
  return { ...(await fileReport(shop, { customer, driver, asset, ...more })), asset };
};
const formOf = async (browser: Browser, path: string, intent: string) => {
  const form = (await shownOn(await browser.get(path))).forms.find((it) => it.intent === intent);
  if (!form) throw new Error(`no form ${intent} at ${path}`);
  return Object.fromEntries(Object.entries(sentBy(form)).map(([name, value]) => [name, decoded(value)]));
};
/** A value as a browser reads it from the page. */
const decoded = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const stateOf = async (id: Id<"defect"> | undefined) =>
  (
    await shop.db.query({ from: inspectionDefects, columns: { state: inspectionDefects.state }, where: eq(inspectionDefects.id, id as Id<"defect">), limit: 1 })
  )[0]?.state;

describe("the list", () => {
  test("filters, searches and pages; the file has the same rows", async () => {
    const browser = await owner();
    const clean = await report({ at: later(world.clock.now(), -3 * DAY) });
    const minor = await report({ defects: [{ photos: 2 }] });
    const safety = await report({ defects: [{ severity: "safety" }], isTooFast: true });
    const unknown = await fileReport(shop, { customer, driver, typed: "Old Betsy" });
    const shows = async (query: string) => {
      const text = await browser.text(`/inspections${query}`);
      return [clean, minor, safety, unknown].map(({ id }) => text.includes(paths.staff.inspection(id)));
    };
    expect(await shows("")).toEqual([true, true, true, true]);
    expect(await shows("?show=defects")).toEqual([false, true, true, false]);
    expect(await shows("?show=safety")).toEqual([false, false, true, false]);
    expect(await shows("?show=open")).toEqual([false, true, true, false]);
    expect(await shows("?show=photos")).toEqual([false, true, false, false]);
    expect(await shows("?show=unmatched")).toEqual([false, false, false, true]);
    expect(await shows("?show=fast")).toEqual([false, false, true, false]);
    expect(await shows("?q=betsy")).toEqual([false, false, false, true]);
    expect(await shows(`?q=${safety.unit}`)).toEqual([false, false, true, false]);
    expect(await browser.text("/inspections")).toContain("0 of 2 photos arrived");
    const csv = await browser.text("/inspections.csv?show=unmatched");
    expect(csv.trim().split("\n")).toHaveLength(2);
    expect(csv).toContain("Old Betsy");
  });

  test("goes on after its last row, and no report is on two pages", async () => {
    const other = await shop.customer();
    const its = await shop.driver({ customer: other });
    const asset = await shop.asset({ customer: other });
    const filed: Id<"inspection">[] = [];
    for (let n = 0; n < 53; n++) filed.push((await fileReport(shop, { customer: other, driver: its, asset, at: later(world.clock.now(), -n * MINUTE) })).id);
    const browser = await owner();
    const query = `?q=${encodeURIComponent(its.name)}`;
    const first = await browser.text(`/inspections${query}`);
    const next = /href="(?:\/inspections)?(\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? expect.fail("no next page");
    const second = await browser.text(`/inspections${next}`);
    const on = (text: string) => filed.filter((id) => text.includes(paths.staff.inspection(id)));
    expect(on(first)).toEqual(filed.slice(0, 50));
    expect(on(second)).toEqual(filed.slice(50));
  });

  test("is sorted by unit, each in the order of signing, over pages, in the file and as a saved view", async () => {
    const other = await shop.customer();
    const its = await shop.driver({ customer: other });
    const units = await Promise.all([shop.asset({ customer: other }), shop.asset({ customer: other })]);
    const filed: FiledReport[] = [];
    for (let n = 0; n < 52; n++)
      filed.push(await fileReport(shop, { customer: other, driver: its, asset: units[n % 2], at: later(world.clock.now(), -n * MINUTE) }));
    const byUnit = filed.toReversed().sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0));
    const browser = await owner();
    const query = new URLSearchParams({ q: its.name, sort: "unit", dir: "asc" });
    const placesIn = (text: string) =>
      byUnit
        .map(({ id }) => text.indexOf(paths.staff.inspection(id)))
        .filter((place) => place >= 0)
        .map((place, at, all) => place > (all[at - 1] ?? -1));
    const first = await browser.text(`/inspections?${query}`);
    const next = /href="(?:\/inspections)?(\?[^"]*after=[^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? expect.fail("no next page");
    expect([placesIn(first), placesIn(await browser.text(`/inspections${next}`))]).toEqual([Array(50).fill(true), [true, true]]);
    const rows = (await browser.text(`/inspections.csv?${query}`)).trim().split("\r\n").slice(1);
    expect(rows.map((row) => row.split(",")[3])).toEqual(byUnit.map(({ unit }) => unit));

    expect(
      (await browser.post(paths.staff.savedViews("inspections"), { intent: "save", list: "inspections", search: `${query}`, name: "Its units" })).status,
    ).toBe(303);
    expect(await browser.text("/inspections")).toContain("Its units");
  });
});

describe("the page of a report", () => {
  test("shows who, what, the checklist, and what is unusual about how it was filed", async () => {
    const { id } = await report({ defects: [{ note: "Cords show", severity: "safety" }], isTooFast: true, afterSwitchOff: true, clockOffset: 5 * MINUTE });
    const text = await (await owner()).text(paths.staff.inspection(id));
    for (const part of [
      driver.name,
      "Cords show",
      "In the cab",
      "Tires: defect",
      "Faster than a walk around the unit takes",
      "Received after the driver was switched off",
      "The device&#x27;s clock was 5 min slow",
      "Do not operate",
      "ab".repeat(32),
    ])
      expect(text, part).toContain(part);
  });

  test("certifies with a signed name that was confirmed, without JavaScript", async () => {
    const browser = await owner();
    const { id, defects, asset } = await report({ defects: [{ severity: "safety" }] });
    const path = paths.staff.inspection(id);
    const form = await formOf(browser, path, "certify");
    expect(form.signedName).toMatch(/^Owner/);
    const unsure = { ...form };
    delete unsure.sure;
    const refused = await browser.post(path, unsure);
    expect(refused.status).toBe(422);
    expect((await shownOn(refused)).alert).toContain("Confirm it to sign.");
    expect((await browser.post(path, { ...form, sure: "on", signedName: " " })).status).toBe(422);
    expect(await stateOf(defects[0])).toBe("open");
    const done = await browser.post(path, { ...form, sure: "on", reason: "Replaced" });
    expect(done.status).toBe(200);
    expect(await stateOf(defects[0])).toBe("certified");
    const unit = await browser.text(paths.staff.asset(asset));
    expect(unit).toContain("Review pending");
    expect(unit).not.toContain("Do not operate:");
  });

  test("a technician certifies repairs, and not that none is necessary", async () => {
    const email = `tech@${shop.host}`;
    await shop.person("staff", email);
    const browser = await browserOf(email, "staff");
    const { id, defects } = await report({ defects: [{}] });
    const path = paths.staff.inspection(id);
    const box = { [defects[0] ?? ""]: "1", signedName: "Sam", sure: "on", reason: "Fine as it is" };
    expect((await browser.post(path, { intent: "certify-unnecessary", ...box })).status).toBe(403);
    expect(await stateOf(defects[0])).toBe("open");
    expect((await browser.post(path, { intent: "certify", ...box })).status).toBe(200);
    expect(await stateOf(defects[0])).toBe("certified");
  });

  test("refuses in words what another certified meanwhile", async () => {
    const browser = await owner();
    const { id } = await report({ defects: [{}] });
    const path = paths.staff.inspection(id);
    const form = { ...(await formOf(browser, path, "certify")), sure: "on" };
    expect((await browser.post(path, { ...form, signedName: "Ivo Lang" })).status).toBe(200);
    const late = await browser.post(path, { ...form, signedName: "Sam Ode" });
    expect(late.status).toBe(409);
    expect((await shownOn(late)).alert).toContain("was certified by Ivo Lang already");
  });

  test("adds the defects to a new order in one tap; the order names them, and asks to certify once it is completed", async () => {
    const browser = await owner();
    const { id, defects, asset } = await report({ defects: [{ severity: "safety", note: "Cords show" }] });
    const path = paths.staff.inspection(id);
    expect((await browser.post(path, await formOf(browser, path, "add-to-order"))).status).toBe(200);
    const [defect] = await loadDefects(shop.db, eq(inspectionDefects.id, defects[0] as Id<"defect">));
    const orderId = defect?.workOrderId ?? expect.fail("the defect has no order");
    const order = await browser.text(paths.staff.order(orderId));
    expect(order).toContain("Do not operate: Tires: worn");
    expect(order).toContain(`Repairs a defect that ${driver.name} reported`);
    expect(order).toContain("No price yet");
    expect(await browser.text("/board")).toContain("Do not operate");
    expect(await browser.text("/assets?show=do-not-operate")).toContain(paths.staff.asset(asset));
    const job = defect?.jobId ?? expect.fail("the defect has no job");
    const written = { ...(await formOf(browser, paths.staff.job(orderId, job), "save")), correction: "New steer tires" };
    const kept = await browser.post(paths.staff.job(orderId, job), written);
    expect(kept.status).toBe(303);
    const started = await browser.post(paths.staff.order(orderId), { ...(await formOf(browser, paths.staff.order(orderId), "move")), to: "in-progress" });
    expect(started.status).toBe(200);
    const complete = await browser.post(paths.staff.order(orderId), { ...(await formOf(browser, paths.staff.order(orderId), "complete")), unread: "on" });
    expect(await complete.text()).toContain("Now certify the defect that it repaired.");
    const completed = await browser.text(paths.staff.order(orderId));
    expect(completed).toContain("1 defect that this order repaired isn&#x27;t certified");
    expect(completed).toContain(`/inspections/defects?unit=${asset}&amp;certify=yes`);
  });

  test("matches a unit that the driver typed; the unit then has the report and its defects", async () => {
    const browser = await owner();
    const asset = await shop.asset({ customer });
    const { id } = await fileReport(shop, { customer, driver, typed: "Ol 7", defects: [{ severity: "safety" }] });
    const path = paths.staff.inspection(id);
    expect(await browser.text(path)).toContain("which is no unit on file");
    expect((await browser.post(path, { intent: "match", unit: asset })).status).toBe(200);
    expect(await browser.text(path)).not.toContain("which is no unit on file");
    expect(await browser.text(paths.staff.asset(asset))).toContain("Do not operate: Tires: worn");
  });
});

describe("a report on paper", () => {
  const groups = { "group-cab": "good", "group-front": "good", "group-wheels": "good", "group-coupling": "good", "group-load": "good" };

  test("is entered by staff, counts like any other, and names who entered it", async () => {
    const browser = await owner();
    const asset = await shop.asset({ customer });
    const [path] = [paths.staff.enterInspection({ unit: asset })];
    const shown = await formOf(browser, path, "enter");
    expect(await browser.text(path)).toContain(driver.name);
    const found = { "group-wheels": "defect", "part-1": "tires", "problem-1": "worn", "severity-1": "safety", "message-1": "Cords show" };
    const fields = { ...shown, ...groups, ...found, kind: "post-trip", name: "Paper Pete", driver: "", odometer: "1000" };
    const late = await browser.post(path, { ...fields, signed: "2200-01-01T10:00" });
    expect(await late.text()).toContain("It can&#x27;t be signed in the future.");
    const open = await browser.post(path, { ...fields, "group-cab": "defect" });
    expect(await open.text()).toContain("Describe its defect, or mark the one that is still there.");
    for (let time = 0; time < 2; time++) expect((await browser.post(path, fields)).status).toBe(303);
    const record = await browser.text(paths.staff.inspection(shown.inspectionId as Id<"inspection">));
    expect(record).toContain("Paper Pete");
    expect(record).toContain("Entered from paper by");
    expect(record).not.toContain("Faster than a walk around");
    expect(await browser.text(paths.staff.asset(asset))).toContain("Do not operate: Tires: worn");
    expect(await browser.text("/inspections?q=paper%20pete")).toContain("Entered from paper");
    const customers = await browserOf(customer.email, "customer");
    expect(await customers.text(paths.customer.inspection(shown.inspectionId as Id<"inspection">))).toContain("Cords show");
  });

  test("corrects an earlier one: both are linked, the old one reads as it was, and what is still there isn't doubled", async () => {
    const browser = await owner();
    const first = await report({
      defects: [
        { severity: "safety", note: "Left rear" },
        { part: "horn", problem: "not-working" },
      ],
    });
    const [defect = expect.fail("no defect"), mistaken = expect.fail("no defect")] = first.defects;
    const path = paths.staff.enterInspection({ corrects: first.id });
    const shown = await formOf(browser, path, "enter");
    expect(shown).toMatchObject({ name: driver.name, driver: driver.id, corrects: first.id });
    const fields = { ...shown, ...groups, "group-wheels": "defect", [`still-${defect}`]: "tires", kind: "post-trip", odometer: "" };
    expect((await browser.post(path, fields)).status).toBe(303);
    const later = await browser.text(paths.staff.inspection(shown.inspectionId as Id<"inspection">));
    expect(later).toContain("This report corrects an earlier one.");
    expect(later).toContain(paths.staff.inspection(first.id));
    const old = await browser.text(paths.staff.inspection(first.id));
    expect(old).toContain("This report was corrected.");
    expect(old).toContain("Left rear");
    expect(await loadDefects(shop.db, eq(inspectionDefects.assetId, first.asset))).toHaveLength(2);
    // The one that the correction leaves out is open until somebody certifies it, and marked.
    expect(await Promise.all([defect, mistaken].map(stateOf))).toEqual(["open", "open"]);
    expect(old.split("Left out by the correction")).toHaveLength(2);
    const customers = await browserOf(customer.email, "customer");
    expect(await customers.text(paths.customer.inspection(first.id))).toContain("This report was corrected.");
    expect((await browser.get(paths.staff.inspectionPdf(first.id))).headers.get("Content-Type")).toBe("application/pdf");
  });
});

describe("the settings", () => {
  test("choose the parts of a checklist, but for those that the law asks for", async () => {
    const browser = await owner();
    const path = paths.staff.inspectionSettings;
    const page = await browser.text(path);
    expect(page.split("Required by 49 CFR 396.11").length - 1).toBe(16);
    expect(
      (await browser.post(path, { intent: "checklist", row: "kind", kind: "truck", seen: "1", "part-cooling-unit": "on", "part-tracks": "on" })).status,
    ).toBe(200);
    expect(await browser.text(path)).toContain("Truck: 12 parts");
    expect(await (await browser.post(path, { intent: "checklist", row: "kind", kind: "equipment", seen: "1" })).text()).toContain("Choose at least one part.");
    expect(await (await browser.post(path, { intent: "checklist", row: "kind", kind: "truck", seen: "1" })).text()).not.toContain("Truck: 11 parts");
  });

  test("add, rename and remove a part of the shop's own, and offer fewer choices of one", async () => {
    const browser = await owner();
    const path = paths.staff.inspectionSettings;
    const of = { intent: "part", row: "kind part", kind: "trailer" };
    const refused = await browser.post(path, { ...of, part: "", seen: "1", name: "Tires", group: "load" });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("There is a part of this name.");
    const added = { ...of, part: "", seen: "1", name: "Ramps", group: "load", "problem-broken": "on" };
    expect((await browser.post(path, added)).status).toBe(200);
    expect(await browser.text(path)).toContain("Added by you");
    expect(await browser.text(`${path}?kind=trailer&part=own:Ramps`)).toContain("Remove Ramps");
    expect((await browser.post(path, { ...of, part: "own:Ramps", seen: "1000", name: "Steel ramps", group: "load", "problem-broken": "on" })).status).toBe(200);
    expect((await browser.post(path, { ...of, part: "tires", seen: "1001", "problem-worn": "on" })).status).toBe(200);
    expect(await browser.text(paths.staff.journal)).toContain("Checklist changed: Trailer");
    expect((await browser.post(path, { ...of, intent: "remove-part", part: "own:Steel ramps", seen: "1001" })).status).toBe(409);
    expect((await browser.post(path, { ...of, intent: "remove-part", part: "own:Steel ramps", seen: "1002" })).status).toBe(200);
    expect(await browser.text(path)).not.toContain("Added by you");
  });
});

describe("the customer's portal", () => {
  test("shows own reports and defects, and not what is unusual about how they were filed", async () => {
    const browser = await browserOf(customer.email, "customer");
    const { id, asset } = await report({ defects: [{ severity: "safety", note: "Cords show on the left" }], isTooFast: true });
    const text = await browser.text(paths.customer.inspection(id));
    expect(text).toContain("Cords show on the left");
    expect(text).not.toContain("Faster than");
    expect(text).not.toMatch(/isTooFast\\?",true/);
    expect(await browser.text(paths.customer.inspections)).toContain(paths.customer.inspection(id));
    const unit = await browser.text(paths.customer.asset(asset));
    expect(unit).toContain("Do not operate: Tires: worn");
    expect(unit).toContain(paths.customer.inspection(id));
    expect(await browser.text("/portal")).toContain("Do not operate");
    expect((await browser.get(paths.customer.inspectionPdf(id))).headers.get("Content-Type")).toBe("application/pdf");
  });

  test("another customer finds none of it, also not once it owns the unit", async () => {
    const buyer = await shop.customer();
    await addContact(buyer);
    const { id, asset, photos } = await report({ defects: [{ severity: "safety", note: "Cords show at the back", photos: 1 }] });
    await arrive(photos[0] ?? expect.fail("no photo"), id);
    await shop.sellAsset({ asset, to: buyer, at: world.clock.now() });
    const theirs = await browserOf(buyer.email, "customer");
    expect((await theirs.get(paths.customer.inspection(id))).status).toBe(404);
    expect((await theirs.get(paths.customer.inspectionPdf(id))).status).toBe(404);
    expect((await theirs.get(paths.customer.file(photos[0] ?? ""))).status).toBe(404);
    expect(await theirs.text(paths.customer.inspections)).not.toContain(id);
    expect(await theirs.text(paths.customer.asset(asset))).not.toContain("Cords show");
    const seller = await browserOf(customer.email, "customer");
    expect((await seller.get(paths.customer.inspection(id))).status).toBe(200);
    expect((await seller.get(paths.customer.file(photos[0] ?? ""))).status).toBe(200);
  });

  test("a photo that only the shop has is counted and not shown", async () => {
    const { id, photos } = await report({ defects: [{ photos: 2 }] });
    await arrive(photos[0] ?? expect.fail("no photo"), id, []);
    const browser = await browserOf(customer.email, "customer");
    const text = await browser.text(paths.customer.inspection(id));
    expect(text).not.toContain(paths.customer.thumbnail(photos[0] ?? ""));
    expect(text).toContain("1 of 2 photos arrived.");
    expect(await (await owner()).text(paths.staff.inspection(id))).toContain(paths.staff.thumbnail(photos[0] ?? ""));
  });

  /** The photo of a report, as the driver's device puts it. */
  async function arrive(id: Id<"attachment">, inspectionId: Id<"inspection">, audiences: ("driver" | "customer")[] = ["driver", "customer"]) {
    const content = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const file = `attachments/${id}`;
    await (await shop.asStaff()).files.put(file, content);
    await shop.db.batch([
      shop.db.insert(attachments, {
        id,
        recordKind: "inspection",
        recordId: inspectionId,
        name: "photo.jpg",
        mediaType: "image/jpeg",
        bytes: content.length,
        sha256: "cd".repeat(32),
        file,
        thumbnail: null,
        audiences,
        addedAt: world.clock.now(),
        addedBy: { audience: "driver", id: driver.id, name: driver.name },
        version: 1,
      }),
    ]);
  }
});
