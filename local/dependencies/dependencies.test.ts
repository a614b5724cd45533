import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { rules, vulnerabilitiesIn } from "./known-vulnerable.ts";
import { isPermitted, licenseList } from "./licenses.ts";
import { type Installed, installedPackages } from "./lock-file.ts";

const one = (name: string, version: string, place = `node_modules/${name}`): Installed => ({ path: place, name, version, license: "MIT", isProduction: true });
const previous = (version: string): string => {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  if (patch > 0) return `${major}.${minor}.${patch - 1}`;
  return minor > 0 ? `${major}.${minor - 1}.99` : `${major - 1}.99.99`;
};

test("nothing that is installed is known to be vulnerable", () => {
  expect(vulnerabilitiesIn(installedPackages())).toEqual([]);
});

test.each(
  rules.flatMap((rule) =>
    rule.safe.length === 0 ? [[rule.package, "9.9.9", rule.advisory]] : rule.safe.map((safe) => [rule.package, previous(safe), rule.advisory]),
  ),
)("%s %s fails for %s", (name, version, advisory) => {
  expect(vulnerabilitiesIn([one(name, version)])).toEqual([expect.stringContaining(advisory)]);
});

test.each(rules.flatMap((rule) => rule.safe.map((safe) => [rule.package, safe])))("%s %s passes", (name, version) => {
  expect(vulnerabilitiesIn([one(name, version)])).toEqual([]);
});

test("versions are compared by number, a preview is older than its release, and a copy inside another package counts", () => {
  expect(vulnerabilitiesIn([one("drizzle-orm", "0.45.10"), one("drizzle-orm", "1.0.0"), one("react-router", "8.0.0"), one("nanoid", "5.1.0")])).toEqual([]);
  for (const [name, version] of [
    ["drizzle-orm", "0.45.2-beta.1"],
    ["drizzle-orm", "0.9.9"],
    ["nanoid", "4.0.0"],
    ["react-router", "6.30.0"],
  ] as const)
    expect(vulnerabilitiesIn([one(name, version)])).toHaveLength(1);
  expect(vulnerabilitiesIn([one("cookie", "0.6.0", "node_modules/other/node_modules/cookie")])).toHaveLength(1);
});

test("the lock file names a nested and scoped package by its own name", () => {
  const lock = { packages: { "": {}, "node_modules/a/node_modules/@b/c": { version: "1.0.0", license: "ISC", dev: true } } };
  expect(installedPackages(JSON.stringify(lock))).toEqual([
    { path: "node_modules/a/node_modules/@b/c", name: "@b/c", version: "1.0.0", license: "ISC", isProduction: false },
  ]);
});

test("an accepted exception still exists and is no part of the product", () => {
  const installed = installedPackages();
  for (const { accepted } of rules) if (accepted) expect(installed.find(({ path }) => path === accepted.path)).toMatchObject({ isProduction: false });
});

test("docs/third-party.md lists the product's packages, all under licenses that permit their use", () => {
  const installed = installedPackages();
  expect(fs.readFileSync(path.resolve(import.meta.dirname, "../../docs/third-party.md"), "utf8")).toBe(licenseList(installed));
  expect(installed.filter(({ isProduction, license }) => isProduction && !isPermitted(license))).toEqual([]);
  expect(["(MIT OR GPL-3.0)", "GPL-3.0", "not stated", "MIT AND GPL-3.0"].map(isPermitted)).toEqual([true, false, false, false]);
});
