import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { pagesOf } from "../../../../tests/world/pages";
import { createWorld } from "../../../../tests/world/world";
import { MOST_VIEWS } from "./saved-view";
import { readSavedViews, removeView, saveView } from "./saved-views.server";

test("a view belongs to its person, its list and its shop; one more than the most is refused, one of the same name replaced", async () => {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const [shop, other] = [await world.shop(), await world.shop()];
  const staff = { ...(await shop.asStaff()), clock: world.clock };
  const mine = { me: newId("membership"), list: "invoices" as const };
  const save = (name: string, search: string) => saveView(staff, mine, { name, search });
  expect(await save("Late", "?show=overdue&after=x")).toEqual({ ok: true, value: null });
  expect(await save("Late", "?show=overdue&sort=due")).toMatchObject({ ok: true });
  expect(await readSavedViews(staff, mine)).toEqual([{ name: "Late", search: "show=overdue&sort=due&dir=asc" }]);
  expect(await readSavedViews(staff, { ...mine, list: "estimates" })).toEqual([]);
  expect(await readSavedViews(staff, { ...mine, me: newId("membership") })).toEqual([]);
  expect(await readSavedViews(await other.asStaff(), mine)).toEqual([]);
  expect(await save("Page two", "?after=x")).toMatchObject({ ok: false, error: { kind: "nothing-to-save" } });

  for (let n = 1; n < MOST_VIEWS; n++) expect(await save(`View ${n}`, "show=paid")).toMatchObject({ ok: true });
  expect(await save("One more", "show=paid")).toMatchObject({ ok: false, error: { kind: "too-many" } });
  expect(await save("Late", "show=overdue")).toMatchObject({ ok: true });
  await removeView(staff, { ...mine, me: newId("membership") }, "Late");
  expect(await readSavedViews(staff, mine)).toHaveLength(MOST_VIEWS);
  await removeView(staff, mine, "Late");
  expect((await readSavedViews(staff, mine)).map(({ name }) => name)).not.toContain("Late");
  expect(await save("Late", "show=paid")).toMatchObject({ ok: true });
});

test("a view is saved from its list by a plain form, shown above it, and deleted", async () => {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  const pages = await pagesOf(world.context);
  const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
  const get = async (path: string) => (await pages(new Request(`http://localhost${path}`, { headers }))).text();
  const post = (form: Record<string, string>) => pages(new Request("http://localhost/views", { method: "POST", headers, body: new URLSearchParams(form) }));
  expect(await get("/work-orders")).not.toContain("Save this view");
  expect(await get("/work-orders?show=all&sort=price&dir=desc")).toContain('href="/views?list=work-orders&amp;search=show%3Dall%26sort%3Dprice%26dir%3Ddesc"');
  expect(await get("/views?list=work-orders&search=show%3Dall")).toContain("Name of this view");

  const saved = await post({ intent: "save", list: "work-orders", search: "show=all&sort=price", name: "By price" });
  expect([saved.status, saved.headers.get("Location")]).toEqual([303, "/work-orders?show=all&sort=price&dir=asc"]);
  const list = await get("/work-orders?show=all&sort=price");
  expect(list).toMatch(/aria-label="Saved views".*aria-current="true"[^>]*href="\/work-orders\?show=all&amp;sort=price&amp;dir=asc".*By price/);
  expect(list).not.toContain("Save this view");
  const refused = await post({ intent: "save", list: "work-orders", search: "show=all", name: " " });
  expect([refused.status, (await refused.text()).includes("Enter a name.")]).toEqual([422, true]);
  expect((await post({ intent: "remove", list: "work-orders", name: "By price" })).status).toBe(200);
  expect(await get("/work-orders")).not.toContain("By price");
});
