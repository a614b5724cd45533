import { expect, test } from "vitest";
import { describeDriverEvent } from "./activity";
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

test("the activity names the sign-in method, the tablet, and the reason of a refusal", () => {
  const row = { actor: { name: "Automatic" }, ip: "192.0.2.1", userAgent: null };
  expect(describeDriverEvent({ ...row, what: "signed in", body: { code: "4471", tablet: "Gate tablet" } })).toMatchObject({
    title: "Signed in with code and PIN",
    detail: "Gate tablet · 192.0.2.1",
    tone: "green",
  });
  expect(describeDriverEvent({ ...row, what: "signed in", body: { email: "dana@northline.test" } }).title).toBe("Signed in with an emailed link");
  expect(describeDriverEvent({ ...row, what: "sign-in refused", body: { why: "wrong PIN" } })).toMatchObject({
    title: "Sign-in refused: wrong PIN",
    tone: "red",
  });
  expect(describeDriverEvent({ ...row, what: "vehicle assigned", body: { unit: "101" } }).title).toBe("Assigned to unit 101");
  expect(describeDriverEvent({ ...row, what: "driver archived", body: {} }).title).toBe("Driver archived");
});
