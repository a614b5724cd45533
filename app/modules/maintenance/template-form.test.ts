import { expect, test } from "vitest";
import type { TemplateForm } from "./template";
import { readTemplateForm, templateForm } from "./template-form";

const EMPTY = {
  ...{ name: "Wash", category: "service", kind: "", distance: "", distanceSoon: "", hoursMeter: "engine", hours: "", hoursSoon: "", calendar: "" },
  ...{ calendarUnit: "day", soonDays: "", fixed: false, cannedJobId: "" },
} satisfies TemplateForm;
const read = (change: Partial<TemplateForm>) => readTemplateForm({ ...EMPTY, ...change }, "mi");

test.each([
  ["1", "day", 0],
  ["7", "day", 3],
  ["1", "month", 14],
  ["90", "day", 14],
])("every %s %s is due soon %d days ahead where nothing is typed, and its form can be saved again", (calendar, calendarUnit, soonDays) => {
  const first = read({ calendar, calendarUnit });
  expect(first).toMatchObject({ ok: true, value: { plan: { calendar: { soonDays } } } });
  if (!first.ok) return;
  expect(read({ calendarUnit, calendar, soonDays: templateForm(first.value, "mi").soonDays ?? "" })).toEqual(first);
});

test("a time that is always due soon is refused", () => {
  expect(read({ calendar: "7", soonDays: "7" })).toEqual({ ok: false, error: { soonDays: "Enter less than the interval." } });
  expect(read({ calendar: "7", soonDays: "6" })).toMatchObject({ ok: true });
});
