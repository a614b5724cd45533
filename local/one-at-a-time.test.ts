import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "baytrack-one-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("the file is there while the work is done, and gone after it, even when it fails", () => {
  const file = path.join(folder, "new", "held");
  expect(oneAtATime(file, () => fs.readFileSync(file, "utf8"))).toBe(String(process.pid));
  expect(fs.existsSync(file)).toBe(false);
  expect(() =>
    oneAtATime(file, () => {
      throw new Error("broke");
    }),
  ).toThrow("broke");
  expect(fs.existsSync(file)).toBe(false);
});

test("what a process that ended has left behind is nobody's", () => {
  const file = path.join(folder, "held");
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  fs.writeFileSync(file, String(pid));
  expect(oneAtATime(file, () => fs.readFileSync(file, "utf8"))).toBe(String(process.pid));
});

test("of two processes the second begins when the first is done", () => {
  const [file, log] = [path.join(folder, "held"), path.join(folder, "log")];
  const script = `
    const { oneAtATime } = await import(${JSON.stringify(path.resolve("local/one-at-a-time.ts"))});
    const fs = await import("node:fs");
    oneAtATime(${JSON.stringify(file)}, () => {
      fs.appendFileSync(${JSON.stringify(log)}, "begun ");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      fs.appendFileSync(${JSON.stringify(log)}, "done ");
    });`;
  const both = `
    const { spawn } = require("node:child_process");
    for (let at = 0; at < 2; at++) spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(script)}], { stdio: "inherit" });`;
  const { stderr } = spawnSync(process.execPath, ["-e", both], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" },
  });
  expect([stderr, fs.readFileSync(log, "utf8")]).toEqual(["", "begun done begun done "]);
});
