import type { Installed } from "./lock-file.ts";

export type Rule = {
  package: string;
  /** The first version without the problem, one for each major version that was mended. None: it must not be installed at all. */
  safe: readonly string[];
  advisory: string;
  reason: string;
  /** A place in the lock file where an older one is accepted, and why. */
  accepted?: { path: string; reason: string };
};

/** Package registries answer audits not everywhere, so what is known about the packages used here is kept here. A new advisory is a new row. */
export const rules: readonly Rule[] = [
  { package: "drizzle-orm", safe: ["0.45.2"], advisory: "CVE-2026-39356", reason: "SQL injection through names of columns and aliases" },
  {
    package: "react-router",
    safe: ["7.18.3"],
    advisory: "CVE-2026-22029, CVE-2026-22030, CVE-2026-40181, CVE-2026-53663, GHSA-qwww-vcr4-c8h2",
    reason: "open redirects, forged actions; 7.18.3 checks origins of actions and addresses of redirects",
  },
  {
    package: "turbo-stream",
    safe: [],
    advisory: "CVE-2026-34077",
    reason: "Remix's own copy reads what a server sends without limits; react-router has a mended one inside",
  },
  { package: "@remix-run/server-runtime", safe: [], advisory: "remix-run/remix#11604", reason: "Remix 2 gets no security fixes" },
  { package: "partyserver", safe: ["0.5.10"], advisory: "cloudflare/partykit#389, #417", reason: "closes are lost, and a subclass loses hibernation" },
  { package: "cookie", safe: ["0.7.0"], advisory: "CVE-2024-47764", reason: "names and paths may carry other fields of the cookie" },
  { package: "nanoid", safe: ["3.3.8", "5.0.9"], advisory: "CVE-2024-55565", reason: "ids that can be guessed where the length is a fraction" },
  { package: "minimist", safe: ["1.2.6"], advisory: "CVE-2021-44906", reason: "prototype pollution" },
  { package: "path-to-regexp", safe: ["0.1.12", "1.9.0", "6.3.0", "8.0.0"], advisory: "CVE-2024-45296", reason: "patterns that take endless time" },
  { package: "semver", safe: ["5.7.2", "6.3.1", "7.5.2"], advisory: "CVE-2022-25883", reason: "patterns that take endless time" },
  { package: "ws", safe: ["8.17.1"], advisory: "CVE-2024-37890", reason: "a request with many headers ends the process; in tests only" },
  { package: "vite", safe: ["6.4.1", "7.1.11"], advisory: "CVE-2025-62522", reason: "its development server gives out files that it should not" },
  {
    package: "esbuild",
    safe: ["0.25.0"],
    advisory: "GHSA-67mh-4wv8-f99",
    reason: "any site can read from its development server",
    accepted: {
      path: "node_modules/@esbuild-kit/core-utils/node_modules/esbuild",
      reason: "drizzle-kit compiles its configuration with it and starts no server",
    },
  },
];

/** What of these packages is known to be vulnerable, one sentence each. */
export function vulnerabilitiesIn(installed: readonly Installed[]): string[] {
  return rules.flatMap((rule) =>
    installed
      .filter(({ name, path, version }) => name === rule.package && path !== rule.accepted?.path && !isSafe(version, rule.safe))
      .map(({ path, version }) => {
        const remedy = rule.safe.length === 0 ? "remove it" : `use ${rule.safe.join(" or ")} or newer`;
        return `${path} ${version}: ${rule.advisory}, ${rule.reason}; ${remedy}`;
      }),
  );
}

function isSafe(version: string, safe: readonly string[]): boolean {
  const same = safe.find((one) => majorOf(one) === majorOf(version));
  if (same) return compare(version, same) >= 0;
  return safe.length > 0 && safe.every((one) => majorOf(version) > majorOf(one));
}

const majorOf = (version: string): number => Number(version.split(".")[0]);

/** By number, part by part; a preview ("1.0.0-beta.1") is older than its version. */
function compare(a: string, b: string): number {
  const parts = (version: string) => (version.split(/[-+]/)[0] ?? "").split(".").map(Number);
  const [left, right] = [parts(a), parts(b)];
  for (const at of [0, 1, 2]) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(b.includes("-")) - Number(a.includes("-"));
}
