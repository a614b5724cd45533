import { beforeAll, expect, inject, test } from "vitest";
import { may as mayDo, type Role } from "~/kernel/permissions";
import { demoWorld } from "../world/demo";
import { commandTables, pagesOf, type RouteConfigEntry } from "../world/pages";
import { commandExpectations } from "./command-expectations";
import { type Expectation, expectations } from "./expectations";
import { type Actor, everybody } from "./people";

type Guarded = Exclude<Expectation, { open: string }>;
const guarded = Object.entries(expectations).flatMap(([route, expectation]): [string, Guarded][] => ("open" in expectation ? [] : [[route, expectation]]));
const signInPages: Record<string, string> = {
  staff: "/login",
  customer: "/portal/sign-in",
  vendor: "/vendor-portal/sign-in",
  driver: "/driver-portal/sign-in",
};

let people: Actor[] = [];
let pages: (request: Request) => Promise<Response>;
beforeAll(async () => {
  const world = await demoWorld();
  people = await everybody(world);
  pages = await pagesOf(world.context);
});

/** Every address that a module with a page, a loader or an action of its own answers. */
function addresses(entries: readonly RouteConfigEntry[], above = ""): string[] {
  return entries.flatMap(({ path, index, children }) => {
    const here = path === undefined ? above : `${above}/${path}`;
    if (children) return addresses(children, here);
    return index || path !== undefined ? [here === "" ? "/" : here] : [];
  });
}

const ORIGIN = "http://localhost:8787";
const get = (path: string, cookie: string) => pages(new Request(ORIGIN + path, { headers: { Cookie: cookie } }));
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  pages(new Request(ORIGIN + path, { method: "POST", headers: { "Sec-Fetch-Site": "same-origin", ...headers }, body: new URLSearchParams(form) }));
/** The text of an answer; pictures and documents are read the same way. */
const textOf = async (answer: Response): Promise<string> => new TextDecoder().decode(await answer.arrayBuffer());
const maySee = (actor: Actor, { portal, roles, notOf }: Guarded) =>
  actor.portal === portal && !notOf?.includes(actor.name) && (portal !== "staff" || (roles ?? []).includes(actor.role as Role)); // staff have a role
const pathFor = (actor: Actor, { own, path }: Guarded) => own?.[actor.name] ?? path[actor.shop];
const proofFor = (actor: Actor, { shows }: Guarded) => shows[actor.name] ?? shows[actor.shop];

test("every address of the map has its expectation, and no expectation is of yesterday", () => {
  expect(addresses(inject("map")).sort()).toEqual(Object.keys(expectations).sort());
});

test.each(guarded)("%s: who may sees the own record, nobody else gets a word of it", async (_route, expectation) => {
  const secrets = Object.values(expectation.shows);
  for (const actor of people) {
    const answer = await get(pathFor(actor, expectation), actor.cookie);
    const text = await textOf(answer);
    if (maySee(actor, expectation)) {
      const proof = proofFor(actor, expectation);
      expect({ actor: actor.name, status: answer.status, sees: text.includes(proof ?? "\0") }).toEqual({ actor: actor.name, status: 200, sees: true });
      for (const other of secrets.filter((secret) => secret !== proof && !(proof ?? "").includes(secret)))
        expect(text, `${actor.name} reads ${other}`).not.toContain(other);
    } else if (actor.portal === expectation.portal) {
      expect({ actor: actor.name, status: answer.status }).toEqual({ actor: actor.name, status: expectation.notOf?.includes(actor.name) ? 404 : 403 });
      expect(secrets.filter((secret) => text.includes(secret) && secret !== "points")).toEqual([]);
    } else {
      expect({ actor: actor.name, status: answer.status, to: new URL(answer.headers.get("Location") ?? "/", ORIGIN).pathname }).toEqual({
        actor: actor.name,
        status: 302,
        to: signInPages[expectation.portal],
      });
      expect(text).toBe("");
    }
  }
});

test.each(guarded)("%s: the data behind the page has the same guard, and only its reader may cache it", async (_route, expectation) => {
  const reader = people.find((one) => maySee(one, expectation));
  if (!reader) throw new Error("nobody may see it");
  const own = pathFor(reader, expectation);
  const { headers } = await get(`${own === "/" ? "/_root" : own}.data`, reader.cookie);
  expect([headers.get("Cache-Control"), headers.get("X-Content-Type-Options")]).toEqual([expect.stringMatching(/^private, no-/), "nosniff"]);
  for (const actor of people.filter((one) => !maySee(one, expectation))) {
    const path = pathFor(actor, expectation);
    const answer = await get(`${path === "/" ? "/_root" : path}.data`, actor.cookie);
    const text = await textOf(answer);
    expect(
      Object.values(expectation.shows).filter((secret) => secret !== "points" && text.includes(secret)),
      actor.name,
    ).toEqual([]);
  }
});

test.each(guarded.filter(([, { foreign }]) => foreign !== undefined))(
  "%s: another shop's id is answered as one that never was",
  async (_route, expectation) => {
    for (const actor of people.filter((one) => maySee(one, expectation))) {
      const elsewhere = expectation.path[actor.shop === "harbor" ? "ridge" : "harbor"];
      const answer = await get(elsewhere, actor.cookie);
      expect(answer.status).toBe(expectation.foreign === 404 ? 404 : 200);
      const text = await textOf(answer);
      for (const secret of Object.values(expectation.shows)) if (secret !== "points" && secret !== "New vendor") expect(text).not.toContain(secret);
    }
  },
);

test.each(guarded.filter(([, { own }]) => own !== undefined))(
  "%s: another customer's id in the same shop is answered as one that never was",
  async (_route, expectation) => {
    for (const actor of people.filter((one) => maySee(one, expectation))) {
      for (const neighbor of people.filter((one) => maySee(one, expectation) && one.shop === actor.shop && one !== actor)) {
        const answer = await get(pathFor(neighbor, expectation), actor.cookie);
        expect({ actor: actor.name, status: answer.status }).toEqual({ actor: actor.name, status: 404 });
        expect(await textOf(answer)).not.toContain(proofFor(neighbor, expectation));
      }
    }
  },
);

test.each(guarded)("%s: a form from another site, or from nobody, changes nothing", async (_route, expectation) => {
  const owner = people.find((one) => maySee(one, expectation));
  if (!owner) throw new Error("an address that nobody may see");
  const path = expectation.path[owner.shop];
  const target = path === "/" ? "/?index" : path;
  const stranger = await post(target, { intent: "switch" });
  expect([302, 405]).toContain(stranger.status);
  for (const headers of [{ "Sec-Fetch-Site": "cross-site" }, { "Sec-Fetch-Site": "same-site" }, { "Sec-Fetch-Site": "none" }]) {
    const forged = await post(target, { intent: "switch" }, { Cookie: owner.cookie, ...headers });
    expect([403, 405]).toContain(forged.status);
  }
});

const tables = commandTables();
const commands = Object.entries(commandExpectations).flatMap(([route, table]) => Object.keys(table).map((name) => [route, name] as const));

test("every command of every page has its expectation, and no expectation is of yesterday", async () => {
  const actual = Object.entries(await tables).map(([route, table]) => [route, Object.keys(table).sort()]);
  const expected = Object.entries(commandExpectations).map(([route, table]) => [route, Object.keys(table).sort()]);
  expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
});

test.each(commands)("%s: the command %s is refused to who may not, and changes nothing of another shop", async (route, name) => {
  const expectation = guarded.find(([address]) => address === route)?.[1];
  if (!expectation) throw new Error(`${route} has commands and no guard`);
  const roles = commandExpectations[route]?.[name] ?? [];
  const permission = (await tables)[route]?.[name]?.permission ?? "";
  for (const actor of people) {
    const path = actor.shop === "harbor" ? expectation.path.ridge : expectation.path.harbor;
    const may = actor.portal === expectation.portal && (roles === "everybody" || roles.includes(actor.role as Role)); // staff have a role
    // Who is expected to has the permission, too: what they send may not be tried everywhere.
    if (actor.portal === expectation.portal)
      expect({ actor: actor.name, may: mayDo(actor.portal, actor.role, permission) }).toEqual({ actor: actor.name, may });
    // Where no id is in the address, what somebody sends is about their own shop, and may be meant.
    if (may && path === pathFor(actor, expectation)) continue;
    const answer = await post(path, { intent: name }, { Cookie: actor.cookie });
    const expected = may ? /^(404|409|422)$/ : actor.portal === expectation.portal ? /^403$/ : /^302$/;
    expect({ actor: actor.name, status: String(answer.status) }).toEqual({ actor: actor.name, status: expect.stringMatching(expected) });
  }
});
