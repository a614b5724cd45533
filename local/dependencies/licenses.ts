import type { Installed } from "./lock-file.ts";

/** Licenses that allow what we do with a package: ship it inside the product, changed or not, as long as it is named. */
export const permitted: readonly string[] = ["MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "Unlicense", "OFL-1.1"];

/** "(MIT OR Apache-2.0)" is permitted where one of them is. */
export const isPermitted = (license: string): boolean =>
  license
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((one) => permitted.includes(one));

/** docs/third-party.md, out of the lock file. */
export function licenseList(installed: readonly Installed[]): string {
  const rows = new Map(
    installed.filter(({ isProduction }) => isProduction).map(({ name, version, license }) => [`${name} ${version}`, { name, version, license }]),
  );
  const sorted = [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
  return [
    "# Third-party software",
    "",
    "The packages that are installed with the product, with their licenses. `node local/dependencies/check.ts --write` writes this file from `package-lock.json`.",
    "",
    "| package | version | license |",
    "|---|---|---|",
    ...sorted.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
    "",
  ].join("\n");
}
