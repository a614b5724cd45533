import fs from "node:fs";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** Writes how many tests passed and failed, for the command's last line. What could not run has failed. */
export default class Count implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: string): void {
    const file = process.env.BAYTRACK_COUNT;
    if (!file) return;
    const count = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      let failedHere = module.errors().length;
      for (const suite of module.children.allSuites()) failedHere += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") count.passed += 1;
        else if (state === "skipped") count.skipped += 1;
        else failedHere += 1;
      }
      if (failedHere === 0 && module.state() !== "passed" && module.state() !== "skipped") failedHere = 1;
      count.failed += failedHere;
    }
    if (count.failed === 0 && (reason !== "passed" || count.passed === 0)) count.failed = 1;
    fs.writeFileSync(file, JSON.stringify(count));
  }
}
