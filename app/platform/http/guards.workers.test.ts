import { expect, test, vi } from "vitest";
import * as z from "zod";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { ok } from "~/kernel/result";
import { addFile } from "~/modules/attachments/add-file.server";
import { png } from "~/modules/attachments/attachments.fixtures";
import { readStaff } from "~/modules/people/staff.read.server";
import { changeRole } from "~/modules/people/staff-people.server";
import { log } from "~/platform/log.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { commandTables, pagesOf } from "../../../tests/world/pages";
import { routeArgs } from "../../../tests/world/route-args";
import { createWorld } from "../../../tests/world/world";
import { staff } from "./guards.server";

type Form = Record<string, string> | [string, string][];

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const unit = await shop.asset({ customer });
  const pages = await pagesOf(world.context);
  const email = `tech@${shop.id.slice(-8)}.test`;
  await shop.person("staff", email);
  const { cookie: technician } = await shop.session(email, "staff");
  const { cookie: owner } = await shop.session(shop.ownerEmail, "staff");
  const send = (path: string, cookie: string, form: Form, more: RequestInit = {}) =>
    pages(
      new Request(`http://localhost${path}`, {
        method: "POST",
        headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" },
        body: new URLSearchParams(form),
        ...more,
      }),
    );
  const services = await shop.asStaff();
  const unitNow = async () => (await readUnitRecord(services.db, unit))?.unit;
  return { world, shop, customer, unit, pages, email, technician, owner, send, services, unitNow };
}

test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "", " archive", "ARCHIVE", "send-invite"])(
  "%j names no command of the unit's page, and nothing is changed",
  async (intent) => {
    const { send, owner, unit, unitNow } = await setUp();
    const before = await unitNow();
    const answer = await send(paths.staff.asset(unit), owner, { intent, why: "Brakes" });
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("This was not understood.")]);
    expect(await unitNow()).toEqual(before);
  },
);

test("a form without the name of a command does nothing on a page with several, and the only one on a page with one", async () => {
  const { send, owner, unit } = await setUp();
  expect((await send(paths.staff.asset(unit), owner, {})).status).toBe(422);
  const hours = { staffHours: "8", vendorDays: "8", customerDays: "9", customerCapDays: "" };
  expect((await send("/settings/sign-in-rules", owner, hours)).status).toBe(200);
  expect((await send("/settings/sign-in-rules", owner, { ...hours, intent: "archive" })).status).toBe(422);
});

test("of two names in one form one counts, for the permission and for what runs", async () => {
  const { send, technician, unit, unitNow } = await setUp();
  const path = paths.staff.asset(unit);
  const reading = [
    ["meter", "odometer"],
    ["reading", "many"],
  ] as [string, string][];
  expect((await send(path, technician, [["intent", "record-reading"], ["intent", "archive"], ...reading])).status).toBe(403);
  expect((await send(path, technician, [["intent", "archive"], ["intent", "record-reading"], ...reading])).status).toBe(422);
  expect((await unitNow())?.archivedAt).toBeNull();
});

test("other methods are held to what a form is; HEAD and GET change nothing", async () => {
  const { send, technician, owner, unit, unitNow } = await setUp();
  const path = paths.staff.asset(unit);
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    const forged = { Cookie: owner, "Sec-Fetch-Site": "cross-site" };
    expect((await send(path, owner, { intent: "archive" }, { method, headers: forged })).status).toBe(403);
    expect((await send(path, technician, { intent: "archive" }, { method })).status).toBe(403);
  }
  for (const method of ["GET", "HEAD"]) expect((await send(`${path}?intent=archive`, owner, {}, { method, body: undefined })).status).toBe(200);
  expect((await unitNow())?.archivedAt).toBeNull();
});

test("who was made a technician meanwhile is refused, keeps what was typed, and reads nothing new", async () => {
  const { send, pages, shop, technician, unit, unitNow, services, email } = await setUp();
  const me = (await readStaff(services)).find((one) => one.email === email)?.id ?? expect.fail("nobody");
  const change = (role: "manager" | "technician") => changeRole(services, [services.fleet, services.board], me, role);
  expect((await change("manager")).ok).toBe(true);
  const path = paths.staff.asset(unit);
  const page = () => pages(new Request(`http://localhost${path}`, { headers: { Cookie: technician } }));
  expect(await (await page()).text()).toContain("Take out of service");
  expect((await change("technician")).ok).toBe(true);
  const answer = await send(path, technician, { intent: "set-out-of-service", why: "Brakes" });
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("Only an owner or manager")]);
  expect((await unitNow())?.outOfServiceAt).toBeNull();
  expect((await shop.membershipOf(email, "staff")).role).toBe("technician");
});

test("after a downgrade the commands of a portal that the plan lacks are refused", async () => {
  const { world, shop, customer, send } = await setUp();
  const { cookie } = await shop.session(customer.email, "customer");
  await world.context.platform.directory.setPlan(shop.id, "free");
  const answer = await send(paths.customer.settings, cookie, { intent: "save" });
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("is closed at the moment")]);
});

test("who views as a customer is refused each command of the portal", async () => {
  const { world, shop, customer, unit, owner, send } = await setUp();
  await world.drainOutbox(shop);
  const page = await send(paths.staff.customer(customer.id), owner, { intent: "add-contact", name: "Renee", email: "renee@test.test" });
  expect(page.status).toBe(200);
  const contact = /name="contact" value="([a-z]+_[0-9a-z]+)"/.exec(await page.text())?.[1] ?? expect.fail("no contact");
  const view = await send(paths.staff.customer(customer.id), owner, { intent: "view-as", contact });
  const cookie = view.headers.get("Set-Cookie")?.split(";")[0] ?? expect.fail("no view");
  const tables = Object.entries(await commandTables()).filter(([route]) => route.startsWith("/portal/"));
  const all = tables.flatMap(([route, table]) => [...Object.keys(table), "__proto__"].map((intent) => [route.replace(":assetId", unit), intent] as const));
  expect(all.length).toBeGreaterThan(5);
  for (const [path, intent] of all) {
    const answer = await send(path, cookie, { intent });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("viewing as someone else")]);
    expect((await send(path, cookie, { intent }, { method: "PUT" })).status).toBe(403);
  }
});

test("a refusal never brings a secret back", async () => {
  const { send, owner } = await setUp();
  const secrets = { digits: "483920", password: "hunter-2-hunter", newPassword: "hunter-3-hunter", pin: "739201", newPin: "739202", recoveryCode: "abcd-efgh" };
  for (const intent of ["begin-factor", "confirm-factor", "remove-factor", "nothing"]) {
    const answer = await send("/settings/sign-ins", owner, { intent, ...secrets, note: "n".repeat(20_000) });
    const text = await answer.text();
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  }
});

test("where a form leads on is never another site", async () => {
  const { send, owner, services, unit } = await setUp();
  for (const back of ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "/assets"]) {
    const id = newId("attachment");
    const content = (async function* () {
      yield png;
    })();
    expect(await addFile(services, { id, record: { kind: "asset", id: unit }, name: "a.png", audiences: [], content })).toMatchObject({ ok: true });
    expect((await send(paths.staff.hideFile(id), owner, { intent: "hide", reason: "", back })).status).toBe(422);
    const { status, headers } = await send(paths.staff.hideFile(id), owner, { intent: "hide", reason: "Wrong file", back });
    expect([status, headers.get("Location")]).toEqual([303, back === "/assets" ? back : paths.staff.today]);
  }
});

test("every way a person wants their notices is saved as the page sends it", async () => {
  const { send, pages, owner } = await setUp();
  const page = await pages(new Request(`http://localhost${paths.staff.notificationPreferences}`, { headers: { Cookie: owner } }));
  const names = [...(await page.text()).matchAll(/<select[^>]* name="([^"]+)"/g)].map(([, name]) => name ?? "");
  expect(names.length).toBeGreaterThan(3);
  const sent = (hour: string) => Object.fromEntries(names.map((name) => [name, name === "digestHour" ? hour : "never"]));
  const answer = await send(paths.staff.notificationPreferences, owner, { intent: "save", ...sent("18") });
  expect(answer.status).toBe(200);
  const saved = await pages(new Request(`http://localhost${paths.staff.notificationPreferences}`, { headers: { Cookie: owner } }));
  expect(await saved.text()).toMatch(/<option value="18" selected="">6 p\.m\.<\/option>/);
  expect((await send(paths.staff.notificationPreferences, owner, { intent: "save", ...sent("24") })).status).toBe(422);
});

test("the same command sent twice at once is done once", async () => {
  const { send, customer, owner, unit, unitNow } = await setUp();
  const twice = (path: string, form: Record<string, string>) => Promise.all([send(path, owner, form), send(path, owner, form)]);
  const added = await twice(paths.staff.customer(customer.id), { intent: "add-contact", name: "Renee", email: "renee@test.test" });
  expect(added.map(({ status }) => status).sort()).toEqual([200, expect.toBeOneOf([409, 422])]);
  const archived = await twice(paths.staff.asset(unit), { intent: "archive" });
  for (const { status } of archived) expect([200, 409]).toContain(status);
  expect(await unitNow()).toMatchObject({ archivedAt: expect.any(Number), version: 2 });
});

/** An action of these commands, called as its page does, with an outbox that records when it is drained. */
async function asked(table: Parameters<typeof staff.commands>[0], outbox: { drainNow(): Promise<void>; drainSoon(): void }) {
  const { world, owner } = await setUp();
  const servicesFor = (scope: Parameters<typeof world.context.servicesFor>[0]) => ({ ...world.context.servicesFor(scope), ...outbox });
  const request = new Request("http://localhost/", {
    method: "POST",
    headers: { Cookie: owner, "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ intent: "go" }),
  });
  return staff.commands(table)(routeArgs({ ...world.context, servicesFor } as typeof world.context, request));
}

const spec = { permission: "asset:manage", form: z.object({}), done: "Done." } as const;

test("the outbox is drained after a command that throws", async () => {
  vi.spyOn(log, "error").mockImplementation(() => undefined);
  const outbox = { drainNow: vi.fn(async () => undefined), drainSoon: vi.fn() };
  const go = staff.command({
    ...spec,
    run: async () => {
      throw new Error("a fault");
    },
  });
  await expect(asked({ go }, outbox)).rejects.toMatchObject({ status: 500 });
  expect([outbox.drainNow.mock.calls.length, outbox.drainSoon.mock.calls.length]).toEqual([0, 1]);
});

test("no answer waits for the outbox, unless it reports an effect", async () => {
  const never = { drainNow: vi.fn(() => new Promise<void>(() => undefined)), drainSoon: vi.fn() };
  expect(await asked({ go: staff.command({ ...spec, run: async () => ok(null) }) }, never)).toEqual({ problem: null, done: "Done." });
  expect(never.drainSoon).toHaveBeenCalledOnce();
  const order: string[] = [];
  const slow = {
    drainSoon: vi.fn(),
    async drainNow() {
      await Promise.resolve();
      order.push("drained");
    },
  };
  const done = () => {
    order.push("answered");
    return "Done.";
  };
  await asked({ go: staff.command({ ...spec, drain: "before-answer", run: async () => ok(null), done }) }, slow);
  expect(order).toEqual(["drained", "answered"]);
});

test("a command that was saved is answered though the outbox could not be drained; the sweep tries again", async () => {
  vi.spyOn(log, "error").mockImplementation(() => undefined);
  const down = { drainNow: () => Promise.reject(new Error("storage is down")), drainSoon: vi.fn() };
  const go = staff.command({ ...spec, drain: "before-answer", run: async () => ok(null) });
  expect(await asked({ go }, down)).toEqual({ problem: null, done: "Done." });
});
