import fs from "node:fs";
import path from "node:path";

const nap = new Int32Array(new SharedArrayBuffer(4));

/** Does the work while the file is this process's own. Another that has it is waited for, unless it is gone. */
export function oneAtATime<T>(file: string, work: () => T): T {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  while (!take(file)) Atomics.wait(nap, 0, 0, 200);
  try {
    return work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    if (isLeftBehind(file)) fs.rmSync(file, { force: true });
    return false;
  }
}

function isLeftBehind(file: string): boolean {
  try {
    const pid = Number(fs.readFileSync(file, "utf8"));
    // A file without a number yet belongs to a process that is just writing it.
    return pid > 0 && !process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "ESRCH";
  }
}
