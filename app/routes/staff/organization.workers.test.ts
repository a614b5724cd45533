import { expect, test } from "vitest";
import { paths } from "~/kernel/paths";
import { bytesOf, pdf, png } from "~/modules/attachments/attachments.fixtures";
import { syncOrganization } from "~/modules/organizations/change-organization.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { typedOf } from "~/modules/organizations/shop-rules/rates-form";
import { readShopRules, readShopRulesAt } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { describeEvent } from "~/queries/journal-events";
import { readJournal } from "~/queries/staff/journal.server";
import { draftEstimate, offered, partLine, sendEstimate, writtenOrder } from "../../../tests/world/estimates";
import { routeArgs } from "../../../tests/world/route-args";
import { createWorld } from "../../../tests/world/world";
import { loader as portalSignIn } from "../customer/sign-in";
import { loader as logo } from "../public/logo";
import { action as change, loader as page } from "./organization";
import { action as changeLogo } from "./organization-logo";
import { action as changeRates } from "./rates";

type Answer = {
  data?: { problem: { message: string; fields?: Record<string, string>; values?: Record<string, string> } | null };
  init?: ResponseInit;
  problem?: null;
  done?: string;
};

async function setUp() {
  const world = await createWorld();
  const shop = await world.shop();
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const args = (request: Request, params = {}) => routeArgs(world.context, request, params);
  const asking = (as = cookie) => new Request("http://test/", { headers: { Cookie: as } });
  const posting = (body: FormData | URLSearchParams, as = cookie) =>
    new Request("http://test/", { method: "POST", body, headers: { Cookie: as, "Sec-Fetch-Site": "same-origin" } });
  const loadPage = async () => page(args(asking()));
  const form = async () => {
    const { version, facts } = await loadPage();
    const { logo: _, ...rest } = facts;
    const texts = Object.entries(rest).map(([name, value]) => [name, value ?? ""]);
    return { version: String(version), ...(Object.fromEntries(texts) as Record<keyof typeof rest, string>) };
  };
  return {
    world,
    shop,
    args,
    asking,
    posting,
    loadPage,
    form,
    save: async (fields: Record<string, string>, as = cookie) => (await change(args(posting(new URLSearchParams(fields), as)))) as Answer,
    saveRates: async (fields: Record<string, string>) => (await changeRates(args(posting(new URLSearchParams(fields))))) as Answer,
    async sendLogo(content: Uint8Array<ArrayBuffer> | null) {
      const body = new FormData();
      if (content) body.set("logo", new File([content], "logo.png"));
      else body.set("intent", "remove");
      return (await changeLogo(args(posting(body)))) as Answer & Response;
    },
    row: async () => (await world.context.platform.directory.organization(shop.id)) ?? expect.fail("no organization"),
    logo: (name: string, organizationId: string = shop.id) => logo(args(new Request("http://test/"), { organizationId, name })),
    signInRoute: async () => {
      const host = new URL((await world.context.platform.directory.organization(shop.id))?.publicOrigin ?? "").host;
      return portalSignIn(args(new Request(`http://${host}${paths.customer.signIn}`)));
    },
    journal: async () => (await readJournal((await shop.asStaff()).db, { topic: "shop", before: null })).rows.map((row) => describeEvent(row).what),
  };
}

test("a change is saved, shows on the sign-in page at once, and is in the journal with old and new values", async () => {
  const { form, save, row, signInRoute, loadPage, journal } = await setUp();
  expect(await save({ ...(await form()), name: "Tide Truck Works", phone: "+64 3 555 0100", brandColor: "#7A1F1F" })).toMatchObject({ problem: null });
  expect(await row()).toMatchObject({ name: "Tide Truck Works", phone: "+64 3 555 0100", brandColor: "#7a1f1f" });
  expect((await signInRoute()).brand).toMatchObject({ name: "Tide Truck Works", color: "#7a1f1f", phone: "+64 3 555 0100" });
  expect(await loadPage()).toMatchObject({ version: 2, facts: { name: "Tide Truck Works" } });
  expect((await journal())[0]).toBe(
    "Shop details changed: Name from Shop 1 to Tide Truck Works; Phone from none to +64 3 555 0100; Brand color from #0b6674 to #7a1f1f",
  );
  expect(await save(await form())).toMatchObject({ done: "No changes to save." });
});

test("a pasted address is kept in its lines, shown before sign-in, and refused at its field if it is too long", async () => {
  const { form, save, row, signInRoute } = await setUp();
  const pasted = { address: " 2200 Harbor Drive\r\n\r\nPortage, IN  46368 ", remitTo: "PO Box 1180\nPortage, IN 46368", taxId: "EIN 35-5550100" };
  expect(await save({ ...(await form()), ...pasted, paymentTerms: "1.5% a month on late balances" })).toMatchObject({ problem: null });
  expect(await row()).toMatchObject({ ...pasted, address: "2200 Harbor Drive\nPortage, IN 46368", paymentTerms: "1.5% a month on late balances" });
  expect((await signInRoute()).brand).toMatchObject({ address: "2200 Harbor Drive\nPortage, IN 46368" });
  const refused = await save({ ...(await form()), address: "1\n2\n3\n4\n5\n6\n7" });
  expect(refused).toMatchObject({
    init: { status: 422 },
    data: { problem: { fields: { address: "Use at most 6 lines." }, values: { address: "1\n2\n3\n4\n5\n6\n7" } } },
  });
});

test("refuses an unreadable color and suggests a readable one, which is accepted", async () => {
  const { form, save, row } = await setUp();
  const refused = await save({ ...(await form()), brandColor: "#ffd400", name: "Typed" });
  expect(refused).toMatchObject({ init: { status: 422 }, data: { problem: { values: { brandColor: "#ffd400", name: "Typed" } } } });
  const nearest = /#[0-9a-f]{6}, the nearest/.exec(refused.data?.problem?.fields?.brandColor ?? "")?.[0].slice(0, 7) ?? "";
  expect(await save({ ...(await form()), brandColor: nearest })).toMatchObject({ problem: null });
  expect((await row()).brandColor).toBe(nearest);
});

test("when two people edit at once, the second sees the changes and keeps the typed values", async () => {
  const { form, save, row } = await setUp();
  const [first, second] = [await form(), await form()];
  await save({ ...first, phone: "555 0199", name: "First's Name" });
  const overtaken = await save({ ...second, email: "desk@tide.test", name: "Second's Name" });
  expect(overtaken.init?.status).toBe(409);
  expect(overtaken.data?.problem?.message).toContain(
    "Owner 1 saved changes while you were editing: Name from Shop 1 to First's Name; Phone from none to 555 0199.",
  );
  const values = overtaken.data?.problem?.values ?? {};
  expect(values).toMatchObject({ name: "Second's Name", email: "desk@tide.test", phone: "555 0199", version: "2" });
  expect(await save(values)).toMatchObject({ problem: null });
  expect(await row()).toMatchObject({ name: "Second's Name", email: "desk@tide.test", phone: "555 0199" });
});

test("of two simultaneous saves, one is refused as stale", async () => {
  const { form, save } = await setUp();
  const seen = await form();
  const answers = await Promise.all(["555 0001", "555 0002"].map((phone) => save({ ...seen, phone })));
  expect(answers.map(({ init }) => init?.status ?? 200).sort()).toEqual([200, 409]);
});

test("a change that did not reach the directory is synced later, and the form never shows the old value", async () => {
  const { world, shop, form, save, loadPage, row } = await setUp();
  const { directory } = world.context.platform;
  const describe = directory.describeOrganization;
  directory.describeOrganization = () => Promise.reject(new Error("the directory does not answer"));
  await save({ ...(await form()), name: "Later Diesel" });
  directory.describeOrganization = describe;
  expect((await row()).name).toBe("Shop 1");
  expect((await loadPage()).facts.name).toBe("Later Diesel");
  world.clock.pass(3 * 60_000);
  await world.drainOutbox(shop);
  expect((await row()).name).toBe("Later Diesel");
});

test("a logo is served to anyone by its checksum, and only pictures are accepted", async () => {
  const { world, sendLogo, logo, row, signInRoute, journal } = await setUp();
  expect((await sendLogo(png)).status).toBe(303);
  const name = (await row()).logo ?? "";
  expect((await signInRoute()).brand.logoUrl).toMatch(/^\/logos\/org_\w+\/[0-9a-f]{64}\.png$/);
  const answer = await logo(name);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "cache-control": expect.stringContaining("immutable"),
  });
  expect(await sendLogo(pdf)).toMatchObject({ init: { status: 415 } });
  expect(await sendLogo(bytesOf("<svg onload='alert(1)'/>"))).toMatchObject({ init: { status: 415 } });
  expect(await sendLogo(bytesOf(png, new Uint8Array(1_048_576)))).toMatchObject({ init: { status: 413 } });
  expect(await sendLogo(new Uint8Array())).toMatchObject({ init: { status: 422 } });
  // A small upload with more pixels than there is memory to decode.
  const bomb = png.slice();
  new DataView(bomb.buffer).setUint32(16, 30_000);
  new DataView(bomb.buffer).setUint32(20, 30_000);
  expect(await sendLogo(bomb)).toMatchObject({ init: { status: 422 }, data: { problem: { message: expect.stringContaining("2,000 by 2,000") } } });
  expect((await row()).logo).toBe(name);
  const other = await world.shop();
  for (const [wrong, organizationId] of [[name, other.id], ["../attachments/x"], [`${"0".repeat(64)}.png`], [name, "org_1"]] as const)
    await expect(logo(wrong, organizationId)).rejects.toMatchObject({ status: 404 });
  await sendLogo(null);
  expect((await signInRoute()).brand.logoUrl).toBeNull();
  expect((await journal()).slice(0, 2)).toEqual(["Shop details changed: Logo removed", "Shop details changed: Logo"]);
});

test("the shop can change its currency until the first estimate or invoice is sent", async () => {
  const { world, shop, form, save, loadPage } = await setUp();
  for (const wrong of ["ZZZ", "JPY", "KWD", "usd"]) expect(await save({ ...(await form()), currency: wrong })).toMatchObject({ init: { status: 422 } });
  expect(await save({ ...(await form()), currency: "CAD" })).toMatchObject({ problem: null });
  const services = await shop.asStaff();
  const customer = await shop.customer();
  const { id: order, jobs } = await writtenOrder(services, await shop.asset({ customer }), [{ lines: [partLine("Look it over", 90_00)] }]);
  const id = await draftEstimate(
    services,
    order,
    jobs.map((job) => offered(job)),
  );
  expect((await loadPage()).currencyStays).toBeNull();
  await sendEstimate(services, id);
  await world.drainOutbox(shop);
  expect((await loadPage()).currencyStays).toMatch(/fixed at CAD/);
  expect(await save({ ...(await form()), currency: "USD" })).toMatchObject({
    init: { status: 422 },
    data: { problem: { fields: { currency: expect.stringContaining("fixed at CAD") } } },
  });
  expect(await save({ ...(await form()), phone: "555 0123" })).toMatchObject({ problem: null });
});

test("a technician can't change the organization", async () => {
  const { shop, form, save, row } = await setUp();
  await shop.person("staff", `tech@${shop.id.slice(-8)}.test`);
  const { cookie } = await shop.session(`tech@${shop.id.slice(-8)}.test`, "staff");
  expect(await save({ ...(await form()), name: "Mine" }, cookie)).toMatchObject({
    init: { status: 403 },
    data: { problem: { message: expect.stringContaining("Only an owner or manager") } },
  });
  expect((await row()).name).toBe("Shop 1");
});

test("rates are saved as the next version, the earlier one is kept, and a stale save shows the changes", async () => {
  const { shop, saveRates, world } = await setUp();
  const { db } = await shop.asStaff();
  const { rules } = await readShopRules(db);
  const typed = typedOf(rules);
  expect(await saveRates({ ...typed, seen: "0", ratePrice0: "145", "tax-parts": "8.25" })).toMatchObject({ problem: null });
  expect(await readShopRules(db)).toMatchObject({ version: 1, rules: { laborRates: [{ name: "Standard", perHour: 14_500 }], tax: { parts: 825 } } });
  const overtaken = await saveRates({ ...typed, seen: "0", ratePrice0: "160" });
  expect(overtaken).toMatchObject({ init: { status: 409 }, data: { problem: { values: { ratePrice0: "160", seen: "1" } } } });
  expect(overtaken.data?.problem?.message).toContain("tax on parts 8.25 %");
  expect(await saveRates({ ...typed, seen: "1", ratePrice0: "160" })).toMatchObject({ problem: null });
  expect((await readShopRulesAt(db, 1)).rules.laborRates[0]?.perHour).toBe(14_500);
  expect(await saveRates({ ...typed, seen: "2", "tax-labor": "200" })).toMatchObject({
    init: { status: 422 },
    data: { problem: { fields: { "tax-labor": expect.any(String) } } },
  });
  expect(await changeShopRules({ db, clock: world.clock }, { seen: 1, rules })).toEqual({ ok: false, error: { kind: "stale" } });
});

test("a slow sync of an older change does not overwrite a newer one in the directory", async () => {
  const { world, shop, form, save, row } = await setUp();
  await save({ ...(await form()), name: "Older name" });
  const { directory } = world.context.platform;
  let overtaken = false;
  // The sync has already read the journal when the next change is saved and synced.
  const describeOrganization: typeof directory.describeOrganization = async (...asked) => {
    if (!overtaken) {
      overtaken = true;
      await save({ ...(await form()), name: "Newer name" });
    }
    return directory.describeOrganization(...asked);
  };
  await syncOrganization({ db: shop.db, directory: { describeOrganization } });
  expect((await row()).name).toBe("Newer name");
});
