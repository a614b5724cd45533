import { afterEach, beforeEach, expect } from "vitest";

let unexpected: string[] = [];
let awaited: RegExp[] = [];
const write = console.error;

/** Allows error lines that match, in this test. A test that expects one and sees none fails too. */
export function expectConsoleError(message: RegExp): void {
  awaited.push(message);
  unmet.add(message);
}
const unmet = new Set<RegExp>();

console.error = (...parts: unknown[]) => {
  const line = parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : typeof part === "string" ? part : JSON.stringify(part))).join(" ");
  const known = awaited.find((message) => message.test(line));
  if (known) {
    unmet.delete(known);
    return;
  }
  unexpected.push(line);
  write.apply(console, parts);
};

beforeEach(() => {
  unexpected = [];
  awaited = [];
  unmet.clear();
});

afterEach(() => {
  expect(unexpected, "console.error was called; expectConsoleError(/…/) allows a line that belongs to the test").toEqual([]);
  expect([...unmet].map(String), "expected console.error lines that never came").toEqual([]);
});
