import { expect, test, vi } from "vitest";
import { customer, driver, staff, tagged } from "~/platform/http/guards.server";
import { anyone } from "~/platform/http/public-guard.server";
import { complaintsAbout, filesOf, type RouteModule } from "./guard-walk";

// Another file of this process may have read the map without them.
vi.stubEnv("BAYTRACK_DEV_ROUTES", "1");
vi.resetModules();
const { default: map } = await import("../../app/routes");
vi.unstubAllEnvs();
const mapped = filesOf(await map);

/** Everything under an audience's folder: pages, their parts, and what several pages share. */
const modules = import.meta.glob<RouteModule>(["../../app/routes/*/**/*.{ts,tsx}", "!**/*.test.ts"], { eager: true });
const present = new Map(Object.entries(modules).map(([path, module]) => [path.replace("../../app/", ""), module]));

test("every loader and action on the map is behind the guard of its folder", () => {
  const complaints = mapped.flatMap((file) => {
    const module = present.get(file);
    return module ? complaintsAbout(file, module) : [`${file}: the map names it, and it is not there`];
  });
  expect(mapped.length).toBeGreaterThan(15);
  expect(complaints).toEqual([]);
});

test("every route module is on the map, and is guarded even while it is not", () => {
  const shared = (file: string) => /\.(server|test)\.tsx?$/.test(file);
  const unmapped = [...present.keys()].filter((file) => !mapped.includes(file) && !shared(file));
  const serving = unmapped.filter((file) => ["default", "loader", "action"].some((name) => name in (present.get(file) ?? {})));
  expect(serving).toEqual([]);
  expect([...present].flatMap(([file, module]) => complaintsAbout(file, module))).toEqual([]);
});

test("the walk reaches nested modules and looks at real guards", () => {
  expect(filesOf([{ file: "a.tsx", children: [{ file: "b.tsx", children: [{ file: "c.tsx" }] }] }])).toEqual(["a.tsx", "b.tsx", "c.tsx"]);
  const guarded = mapped.filter((file) => present.get(file)?.loader !== undefined);
  expect(guarded).toEqual(expect.arrayContaining(["routes/staff/fleet.tsx", "routes/customer/home.tsx", "routes/staff/trail.ts", "routes/public/sign-out.ts"]));
});

// The tag is put on the function itself, so each row has its own.
const answer = () => async () => null;

test.each<[file: string, module: RouteModule, why: RegExp]>([
  ["routes/staff/payroll.tsx", { loader: answer() }, /has no guard/],
  ["routes/staff/payroll.tsx", { loader: staff.loader("fleet:read", answer()), action: answer() }, /its action has no guard/],
  ["routes/staff/payroll.tsx", { loader: "not a function" }, /has no guard/],
  ["routes/staff/payroll.tsx", { loader: customer.loader("fleet:read", answer()) }, /lets customer in/],
  ["routes/customer/invoices.tsx", { loader: staff.loader("fleet:read", answer()) }, /lets staff in/],
  ["routes/driver/home.tsx", { loader: anyone.loader("because it was easier", answer()) }, /open to anyone/],
  ["routes/public/prices.tsx", { loader: anyone.loader("", answer()) }, /why it is open/],
  ["routes/public/prices.tsx", { loader: staff.loader("fleet:read", answer()) }, /lets staff in/],
  ["routes/back/entrance.tsx", { loader: anyone.loader("the sign-in page", answer()) }, /belongs to no one/],
  ["routes/staff/payroll.tsx", { loader: tagged(answer(), "staff", "payroll:read") }, /nobody has/],
  ["routes/api/orders.ts", { action: anyone.loader("because it was easier", answer()) }, /operator's/],
  ["routes/api/orders.ts", { loader: staff.loader("fleet:read", answer()) }, /operator's/],
  ["routes/staff/payroll.tsx", { action: tagged(answer(), "operator", "operate") }, /operator's/],
])("complains about %s", (file, module, why) => {
  expect(complaintsAbout(file, module)).toEqual([expect.stringMatching(why)]);
});

test("has nothing to say about a page in order", () => {
  expect(complaintsAbout("routes/driver/home.tsx", { loader: driver.loader("home:read", answer()), default: () => null })).toEqual([]);
  expect(complaintsAbout("routes/customer/sign-in.tsx", { loader: anyone.loader("the sign-in page", answer()) })).toEqual([]);
});
