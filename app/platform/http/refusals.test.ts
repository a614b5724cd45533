import { expect, test } from "vitest";
import { answerRefusal, invalid, missing, onField, tooOften } from "./refusals.server";

type Refusal =
  | { kind: "stale" }
  | { kind: "not-found" }
  | { kind: "not-allowed"; message: string }
  | ReturnType<typeof invalid>
  | { kind: "too-late"; day: string };
const answers = { "too-late": ({ day }: { day: string }) => onField("day", `Choose a day before ${day}.`) };
const typed = { intent: "move", day: "2030-01-09" };
const answered = (refusal: Refusal, table: Parameters<typeof answerRefusal<Refusal>>[1] = answers) => {
  const { data, init } = answerRefusal(refusal, table, () => undefined, typed);
  return { ...data.problem, status: init?.status, retryAfter: new Headers(init?.headers).get("Retry-After") };
};

test.each<[Refusal, status: number, message: RegExp, fields?: Record<string, string>]>([
  [{ kind: "stale" }, 409, /Someone else just changed this/],
  [{ kind: "not-found" }, 404, /doesn't exist anymore/],
  [{ kind: "not-allowed", message: "Open it first." }, 409, /^Open it first\.$/],
  [invalid({ reading: "Enter a number." }), 422, /highlighted/, { reading: "Enter a number." }],
  [{ kind: "too-late", day: "Jan 8" }, 422, /highlighted/, { day: "Choose a day before Jan 8." }],
])("%j", (refusal, status, message, fields) => {
  expect(answered(refusal)).toEqual({ status, message: expect.stringMatching(message), values: typed, retryAfter: null, ...(fields ? { fields } : {}) });
});

test("a page's own message comes before the shared ones", () => {
  const own = { ...answers, "not-found": missing("This contact was removed.") };
  expect(answered({ kind: "not-found" }, own)).toMatchObject({ status: 404, message: "This contact was removed." });
  expect(answered({ kind: "stale" }, { ...answers, stale: tooOften("Wait a minute.", 60) })).toMatchObject({ status: 429, retryAfter: "60" });
});

test("a refusal without an answer is a fault and not an answer", () => {
  expect(() => answerRefusal({ kind: "something new" }, {} as never, () => undefined, typed)).toThrow("no answer to the refusal something new");
});
