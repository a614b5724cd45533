import { expect, test } from "vitest";
import { checkRequest, describeRequest, type RequestForm, titleOf } from "./service-request";

const form: RequestForm = { complaint: "Pulls to the left", urgency: "can-drive", preferredDay: "", reading: "", fault: "" };
const truck = { meter: "odometer", unit: "mi", today: "2030-03-01" } as const;

test("reads the complaint, whether the unit can be driven, and the optional details", () => {
  expect(checkRequest(form, truck)).toEqual({
    ok: true,
    value: { complaint: "Pulls to the left", urgency: "can-drive", preferredDay: null, fault: null, reading: null },
  });
  const all = checkRequest({ ...form, urgency: "do-not-drive", preferredDay: "2030-03-01", reading: "412,345", fault: "SPN 110 FMI 0" }, truck);
  if (!all.ok) throw new Error("refused");
  expect(describeRequest(all.value, "en-US")).toBe("Should not be driven · wanted Fri, Mar 1 · 412,345 mi · SPN 110 FMI 0");
  const short = "Loses power on grades when loaded, since the injector job last month";
  expect(titleOf(`${short}\nand more`)).toBe(short);
  expect(titleOf(`${"x".repeat(100)} ${"y".repeat(30)}`)).toBe("x".repeat(100));
  expect(titleOf("x".repeat(200))).toHaveLength(120);
});

test.each([
  [{ complaint: " " }, "complaint"],
  [{ complaint: "x".repeat(2_001) }, "complaint"],
  [{ urgency: "maybe" }, "urgency"],
  [{ preferredDay: "2030-02-28" }, "preferredDay"],
  [{ preferredDay: "soon" }, "preferredDay"],
  [{ preferredDay: "2031-03-02" }, "preferredDay"],
  [{ preferredDay: "9999-12-31" }, "preferredDay"],
  [{ reading: "lots" }, "reading"],
])("refuses %o at its field", (wrong, field) => {
  const checked = checkRequest({ ...form, ...wrong }, truck);
  expect(checked.ok ? [] : Object.keys(checked.error)).toEqual([field]);
});

test("ignores an impossible fault code, and a reading for a unit without a meter", () => {
  expect(checkRequest({ ...form, fault: "<b>SPN</b>", reading: "lots" }, { ...truck, meter: null })).toMatchObject({
    ok: true,
    value: { fault: null, reading: null },
  });
});
