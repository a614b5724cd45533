import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { DAY } from "~/kernel/time";
import { journal } from "~/platform/database/tenant.tables";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { loader as frame } from "~/routes/customer/shell";
import { loader as choices, action as choose } from "~/routes/public/choose-organization";
import { browserIn } from "../../tests/world/browser";
import { routeArgs } from "../../tests/world/route-args";
import { createWorld } from "../../tests/world/world";
import { linkLanding, linkSignIn } from "./link-sign-in.server";

const landing = linkLanding("customer");
const signInRoute = linkSignIn("customer");

async function mailed() {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const args = (url: string, init?: RequestInit) => routeArgs(world.context, new Request(url, init));
  const post = (url: string, fields: Record<string, string>, headers: HeadersInit = { "Sec-Fetch-Site": "same-origin" }) =>
    args(url, { method: "POST", headers, body: new URLSearchParams(fields) });
  const ask = (email: string) => thrown(signInRoute.action(post(`http://localhost${paths.customer.signIn}`, { step: "ask", email })));
  const asked = await ask(customer.email);
  await world.drainOutbox(shop);
  const [mail] = await world.mail(customer.email);
  const link = /http\S+\/portal\/sign-in\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  return { world, shop, customer, asked, ask, args, post, mail, link };
}

const thrown = (work: Promise<unknown>): Promise<Response> =>
  work.then(
    (value) => Promise.reject(new Error(`answered ${JSON.stringify(value)}`)),
    (response: Response) => response,
  );

test("opening the emailed link does nothing; its button signs in once", async () => {
  const { link, args, post } = await mailed();
  expect(link).toMatch(/^http:\/\/shop-/);
  for (let n = 0; n < 3; n++) expect(await landing.loader(args(link))).toMatchObject({ brand: {} });
  const signedIn = await thrown(landing.action(post(link, {})));
  expect(signedIn.status).toBe(302);
  expect(signedIn.headers.get("Location")).toBe("/portal");
  expect(signedIn.headers.get("Set-Cookie")).toMatch(/^__Host-customer=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  expect(await landing.action(post(link, {}))).toMatchObject({ init: { status: 401 } });
});

test("refuses the button's post from another site", async () => {
  const { link, post } = await mailed();
  expect((await thrown(landing.action(post(link, {}, { "Sec-Fetch-Site": "cross-site" })))).status).toBe(403);
  expect((await thrown(landing.action(post(link, {}, { Origin: "https://elsewhere.test" })))).status).toBe(403);
  expect((await thrown(landing.action(post(link, {})))).status).toBe(302);
});

test("a request for a link answers strangers and customers alike, except for the request's id", async () => {
  const { asked, ask } = await mailed();
  const summarize = (response: Response) => [
    response.status,
    response.headers.get("Location")?.replace(/lnk_\w{26}$/, "<id>"),
    [...response.headers.keys()].sort(),
  ];
  expect(summarize(await ask("nobody@elsewhere.test"))).toEqual(summarize(asked));
  expect(summarize(asked)[1]).toBe("/portal/sign-in?request=<id>");
});

test("the code in the email signs in from the page that asked for it", async () => {
  const { asked, mail, post } = await mailed();
  const digits = /: (\d{6})\b/.exec(mail?.text ?? "")?.[1] ?? "";
  const request = new URL(asked.headers.get("Location") ?? "", "http://localhost").searchParams.get("request") ?? "";
  const at = `http://localhost${paths.customer.signIn}`;
  expect(await signInRoute.action(post(at, { step: "code", request: "lnk_none", digits }))).toMatchObject({ init: { status: 401 } });
  expect(await signInRoute.action(post(at, { step: "code", request, digits: "12345" }))).toMatchObject({ init: { status: 422 } });
  expect((await thrown(signInRoute.action(post(at, { step: "code", request, digits })))).headers.get("Location")).toBe("/portal");
});

test("link and code lead back to the page that was asked for, but never to another site or portal", async () => {
  for (const [asked, expectedPath] of [
    ["/portal/estimates/est_1?revision=2", "/portal/estimates/est_1?revision=2"],
    ["https://elsewhere.test/portal", "/portal"],
    ["/settings", "/portal"],
  ] as const) {
    for (const way of ["link", "code"] as const) {
      const { post, world, shop, customer } = await mailed();
      const before = (await world.mail(customer.email)).length;
      const at = `http://localhost${paths.customer.signIn}?to=${encodeURIComponent(asked)}`;
      const page = (await thrown(signInRoute.action(post(at, { step: "ask", email: customer.email })))).headers.get("Location") ?? "";
      await world.drainOutbox(shop);
      const mails = await world.mail(customer.email);
      expect(mails).toHaveLength(before + 1);
      const { text } = mails[0] ?? { text: "" };
      const request = new URL(page, "http://localhost").searchParams.get("request") ?? "";
      const signedIn =
        way === "link"
          ? await thrown(
              landing.action({ ...post(/http\S+\/portal\/sign-in\/\S+/.exec(text)?.[0] ?? "", {}), params: { token: /sign-in\/(\S+)/.exec(text)?.[1] } }),
            )
          : await thrown(signInRoute.action(post(`http://localhost${page}`, { step: "code", request, digits: /: (\d{6})/.exec(text)?.[1] ?? "" })));
      expect(signedIn.headers.get("Location"), `${way} to ${asked}`).toBe(expectedPath);
    }
  }
});

test("a contact of two customers chooses one and gets to the page that was asked for", async () => {
  const world = await createWorld();
  const [shop, elsewhere] = [await world.shop(), await world.shop()];
  const [one, two, third] = [await shop.customer(), await shop.customer(), await elsewhere.customer()];
  const email = "both@fleets.test";
  for (const [at, customer] of [
    [shop, one],
    [shop, two],
    [elsewhere, third],
  ] as const)
    await at.person("customer", email, customer.id);
  const browser = browserIn(world, { host: `http://${shop.host}` });
  const asked = await browser.post(signInRoute.action, `${paths.customer.signIn}?to=%2Fportal%2Finvoices`, { step: "ask", email });
  await world.drainOutbox(shop);
  const request = new URL(asked.location ?? "", "http://localhost").searchParams.get("request") ?? "";
  const digits = /: (\d{6})/.exec((await world.mail(email))[0]?.text ?? "")?.[1] ?? "";
  const { location } = await browser.post(signInRoute.action, paths.customer.signIn, { step: "code", request, digits });
  expect(location).toBe("/choose/customer?to=%2Fportal%2Finvoices");

  const params = { portal: "customer" };
  const { places } = (await browser.get(choices, location ?? "", { params })).body as { places: { id: string; shop: string; party: string | null }[] };
  // The shop's own host doesn't reveal the other shop.
  expect(places).toHaveLength(2);
  expect(new Set(places.map((place) => place.party)).size).toBe(2);
  const membership = (await world.context.platform.directory.membershipsOfParty(shop.id, "customer", one.id)).find((member) => member.email === email);
  const foreign = (await world.context.platform.directory.membershipsOfParty(elsewhere.id, "customer", third.id)).find((member) => member.email === email);
  expect((await browser.post(choose, location ?? "", { place: foreign?.id ?? "" }, { params })).status).toBe(404);
  const choice = browser.jar.get("__Host-choose") ?? "";
  expect((await browser.post(choose, location ?? "", { place: membership?.id ?? "" }, { params })).location).toBe("/portal/invoices");
  // The choice was good once, also for who has a copy of it.
  const copy = browserIn(world, { host: `http://${shop.host}` });
  copy.jar.set("__Host-choose", choice);
  expect((await copy.post(choose, location ?? "", { place: membership?.id ?? "" }, { params })).location).toBe("/portal");
  expect(copy.jar.has("__Host-customer")).toBe(false);
  const held = () => browser.jar.get("__Host-customer");
  const sessionBy = (token: string | undefined) =>
    sessionOf(world.context.platform, new Request("http://test/", { headers: { Cookie: `__Host-customer=${token}` } }), "customer");
  const [token, began] = [held(), await sessionBy(held())];
  expect(began?.membership.partyId).toBe(one.id);

  // Switches in the portal without signing in again; pages name the customer, and the shop's journal records it.
  expect(browser.jar.has("__Host-choose")).toBe(false);
  expect((await browser.get(frame, "/")).body).toMatchObject({ speaksFor: expect.stringMatching(/^Customer/) });
  world.clock.pass(DAY);
  const menu = (await browser.get(choices, "/choose/customer", { params })).body as { places: { id: string }[]; here: { id: string } };
  expect([menu.here.id, menu.places.length]).toEqual([membership?.id, 1]);
  expect((await browser.post(choose, "/choose/customer", { place: foreign?.id ?? "" }, { params })).status).toBe(404);
  expect((await browser.post(choose, "/choose/customer", { place: menu.places[0]?.id ?? "" }, { params })).location).toBe("/portal");
  await world.settle();
  // The new session keeps the age of the old one, which is ended.
  expect(await sessionBy(held())).toMatchObject({ membership: { partyId: two.id }, createdAt: began?.createdAt });
  expect(await sessionBy(token)).toBeNull();
  const columns = { event: journal.event, about: journal.about };
  const signInRows = await shop.db.query({ from: journal, columns, where: eq(journal.recordKind, "sign-in"), limit: 10 });
  expect(signInRows.map((row) => `${row.event} ${row.about}`).sort()).toEqual([`sign-in.accepted ${one.id}`, `sign-in.accepted ${two.id}`].sort());

  // Without the first membership there is nothing left to switch to.
  await world.context.platform.directory.endMembership({ id: membership?.id as Id<"membership">, accountId: null }, shop.id, world.clock.now());
  expect((await browser.get(frame, "/")).body).toMatchObject({ speaksFor: null });
  expect((await browser.get(choices, "/choose/customer", { params })).location).toBe("/portal");
  expect((await browser.post(choose, "/choose/customer", { place: membership?.id ?? "" }, { params })).location).toBe("/portal");
});
