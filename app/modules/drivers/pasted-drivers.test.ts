import { expect, test } from "vitest";
import { MOST_PASTED, readPastedDrivers } from "./pasted-drivers";

const drivers = (text: string) => readPastedDrivers(text).map((line) => ("driver" in line ? line.driver : line.problem));
const pat = { name: "Pat Ames", email: "pat@example.test", phone: "(219) 555-0142" };

test.each([
  ["commas", "Pat Ames,pat@example.test,(219) 555-0142"],
  ["tabs", "Pat Ames\tpat@example.test\t(219) 555-0142"],
  ["semicolons", "Pat Ames; pat@example.test; (219) 555-0142"],
  ["another order", "(219) 555-0142, Pat@Example.test , Pat  Ames"],
  ["quotes", '"Pat Ames","pat@example.test","(219) 555-0142"'],
  ["empty cells", ",Pat Ames,,pat@example.test,(219) 555-0142,"],
])("reads a line with %s", (_, line) => expect(drivers(line)).toEqual([pat]));

test("a name may have a comma where tabs, semicolons or quotes keep it whole", () => {
  const ames = { name: "Ames, Pat", email: null, phone: "219-555-0142" };
  expect(drivers('Ames, Pat;219-555-0142\n"Ames, Pat",219-555-0143\nAmes, Pat\t219-555-0144')).toEqual([
    ames,
    { ...ames, phone: "219-555-0143" },
    { ...ames, phone: "219-555-0144" },
  ]);
  expect(drivers("Ames, Pat, 219-555-0142")).toEqual(["Only one of these can be the name: “Ames”, “Pat”."]);
});

test("one of email and phone is enough; a title line and empty lines are none, and lines keep their numbers", () => {
  expect(readPastedDrivers("Name,Email,Phone\n\nPat Ames,pat@example.test\n  \nLee Ott, 219 555 0143 x 12\n")).toEqual([
    { at: 3, text: "Pat Ames,pat@example.test", driver: { name: "Pat Ames", email: "pat@example.test", phone: null } },
    { at: 5, text: "Lee Ott, 219 555 0143 x 12", driver: { name: "Lee Ott", email: null, phone: "219 555 0143 x 12" } },
  ]);
});

test.each([
  ["Pat Ames", "Add an email or a phone number."],
  ["pat@example.test", "The name is missing."],
  ["Pat Ames, pat@example", "“pat@example” isn't an email address."],
  ["Pat Ames, pat@example.test, other@example.test", "Give one email and one phone at most."],
  ["Pat Ames, 555-01", "Only one of these can be the name: “Pat Ames”, “555-01”."],
  [`${"P".repeat(81)}, pat@example.test`, "Use at most 80 characters for the name."],
])("refuses %s", (line, problem) => expect(drivers(line)).toEqual([problem]));

test("the same address, or the same name and phone, counts once", () => {
  expect(drivers("Pat Ames, pat@example.test\nP. Ames, PAT@example.test\nLee Ott, 219-555-0143\nlee ott, (219) 555 0143\nAnn Ott, 219-555-0143")).toEqual([
    { name: "Pat Ames", email: "pat@example.test", phone: null },
    "The same driver as line 1.",
    { name: "Lee Ott", email: null, phone: "219-555-0143" },
    "The same driver as line 3.",
    { name: "Ann Ott", email: null, phone: "219-555-0143" },
  ]);
});

test("a list that is too long is taken up to its limit", () => {
  const read = drivers(Array.from({ length: MOST_PASTED + 2 }, (_, at) => `Driver ${at}, driver${at}@example.test`).join("\n"));
  expect(read.filter((one) => typeof one === "string")).toEqual(Array(2).fill("At most 50 drivers at once. Add this one next."));
});
