import { expect, test } from "vitest";
import { choicesOf, isPushed, pushedRows } from "./push-events";
import { pushText } from "./push-message";

const message = { title: "Renee approved $1,240.00", body: "Harbor Diesel", path: "/estimates/est_1", tag: "t1", urgent: false };
/** What fits into a message with its keys (RFC 8291, section 4). */
const MOST_BYTES = 3_993;

test("holds the title, the shop, the page and what groups it, and nothing else", () => {
  expect(JSON.parse(pushText(message, { short: false }))).toEqual({ title: message.title, body: message.body, path: message.path, tag: message.tag });
});

test("the longest text fits, by whole signs and in one line; the short one is a title alone", () => {
  const long = { ...message, title: "🚛\n".repeat(300), body: 'é"'.repeat(300), path: `/${"p".repeat(299)}` };
  const text = pushText(long, { short: false });
  expect(new TextEncoder().encode(text).length).toBeLessThan(MOST_BYTES);
  const { title } = JSON.parse(text) as { title: string };
  expect([!/\p{Surrogate}/u.test(title), title.includes("\n"), title.endsWith("…")]).toEqual([true, false, true]);
  const short = JSON.parse(pushText(long, { short: true })) as { title: string; body: string };
  expect([[...short.title].length <= 80, short.body]).toEqual([true, ""]);
});

test("what is kept of choices is what differs from the usual", () => {
  const usual = pushedRows("staff").filter(({ push }) => push === "on");
  expect(usual.length).toBeGreaterThan(5);
  expect(choicesOf("staff", new Set(usual.map(({ event }) => event)))).toEqual({});
  const chosen = new Set([...usual.map(({ event }) => event).filter((event) => event !== "service.requested"), "maintenance.due", "digest", "nonsense"]);
  const choices = choicesOf("staff", chosen);
  expect(choices).toEqual({ "service.requested": false, "maintenance.due": true });
  const events = ["service.requested", "maintenance.due", "estimate.answered", "inspection.defects", "digest", "nonsense"];
  expect(events.map((event) => isPushed("staff", event, choices))).toEqual([false, true, true, false, false, false]);
});
