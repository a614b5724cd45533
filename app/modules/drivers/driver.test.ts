import { expect, test } from "vitest";
import { checkDriver, mayComeIn, parseCode, parsePin } from "./driver";

const form = { name: " Dana Whitfield ", phone: " ", email: "", code: "4471", portalEnabled: true };

test("a driver needs a name and a code, but no email address", () => {
  expect(checkDriver(form)).toEqual({ ok: true, value: { name: "Dana Whitfield", phone: null, email: null, code: "4471", portalEnabled: true } });
  expect(checkDriver({ ...form, email: " Dana@Northline.TEST " })).toMatchObject({ value: { email: "dana@northline.test" } });
  expect(checkDriver({ ...form, email: "dana" })).toEqual({ ok: false, error: { kind: "not-an-email" } });
  expect(checkDriver({ ...form, code: "dana" })).toEqual({ ok: false, error: { kind: "not-a-code" } });
});

test.each([
  ["4471", "4471"],
  [" 44 71 ", "4471"],
  ["12345678", "12345678"],
  ["0000", "0000"],
  ["447", null],
  ["123456789", null],
  ["44a1", null],
  ["", null],
])("reads the code %j as %j", (text, code) => expect(parseCode(text)).toBe(code));

test.each([
  ["904417", "904417"],
  ["904 417", "904417"],
  ["90441", null],
  ["9044170", null],
  ["90441x", null],
])("reads the PIN %j as %j", (text, pin) => expect(parsePin(text)).toBe(pin));

test("a driver can sign in while the portal is on and the driver is not archived", () => {
  expect(mayComeIn({ portalEnabled: true, archivedAt: null })).toBe(true);
  expect(mayComeIn({ portalEnabled: false, archivedAt: null })).toBe(false);
  expect(mayComeIn({ portalEnabled: true, archivedAt: 0 })).toBe(false);
});
