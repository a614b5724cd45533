import fs from "node:fs";

export type Installed = { path: string; name: string; version: string; license: string; isProduction: boolean };

type Locked = { version?: string; license?: string; dev?: boolean; devOptional?: boolean };

/** Every package that the lock file installs, also the copies inside other packages. */
export function installedPackages(text = fs.readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")): Installed[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, Locked> }; // npm's own format, version 3
  return Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { version = "0.0.0", license = "not stated", dev = false, devOptional = false }]) => ({
      path,
      name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      license,
      isProduction: !dev && !devOptional,
    }));
}
