import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { checkForm } from "~/platform/http/form.server";
import { entryCommands } from "~/routes/staff/ledger-commands.server";

const { correct } = entryCommands(() => newId("customer"));
const good = { entry: newId("entry"), id: newId("entry"), amount: "10.00", method: "check", reference: "1", day: "2030-03-01", why: "Typo" };
const fields = (typed: Record<string, string>) => {
  const read = checkForm(typed, correct.form);
  return read.ok ? "ok" : Object.keys(read.problem.fields ?? {}).sort();
};
test("a whole correction is read", () => expect(fields(good)).toBe("ok"));
test("a wrong amount of a correction is refused at its field", () => expect(fields({ ...good, amount: "abc" })).toEqual(["amount"]));
test("a missing reason of a correction is refused at its field", () => expect(fields({ ...good, why: "" })).toEqual(["why"]));
test("a missing reason of a removal is refused at its field", () => expect(fields({ ...good, never: "on", why: "" })).toEqual(["why"]));
test("a removal needs no amount", () => expect(fields({ ...good, never: "on", amount: "" })).toBe("ok"));
