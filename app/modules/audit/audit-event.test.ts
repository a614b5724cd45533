import fc from "fast-check";
import { expect, test } from "vitest";
import { type AuditEvent, describeAuditEvent, formatCursor, parseCursor, parseTopic } from "./audit-event";

const CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
const row = (change: Partial<AuditEvent>): AuditEvent => ({
  recordKind: "vendor",
  what: "invited",
  actor: { audience: "staff", name: "Olive" },
  body: {},
  ip: null,
  userAgent: null,
  ...change,
});
const signInRow = { recordKind: "sign-in", actor: { audience: "job", name: "Automatic" }, ip: "192.0.2.7", userAgent: CHROME };

test.each<[Partial<AuditEvent>, what: string, who: string, from: string | null]>([
  [
    { ...signInRow, what: "signed in", body: { audience: "customer", email: "a@b.test" } },
    "Signed in to the customer portal",
    "a@b.test",
    "192.0.2.7 · Chrome on Android",
  ],
  [
    { ...signInRow, what: "sign-in refused", body: { audience: "staff", email: "a@b.test", why: "wrong password" } },
    "Sign-in refused at the staff app: wrong password",
    "a@b.test",
    "192.0.2.7 · Chrome on Android",
  ],
  [
    { ...signInRow, what: "sign-in refused", body: { audience: "staff", email: "a@b.test", why: "wrong password", tries: 20 } },
    "Sign-in refused at the staff app: wrong password (20 times within an hour)",
    "a@b.test",
    "192.0.2.7 · Chrome on Android",
  ],
  [
    { ...signInRow, what: "sign-ins refused", body: { tries: 300, why: "300 tries within an hour, 30 of them recorded" }, ip: null, userAgent: null },
    "Sign-ins refused: 300 tries within an hour, 30 of them recorded",
    "Automatic",
    null,
  ],
  [{ ...signInRow, what: "signed in", body: {} }, "Signed in to a portal", "Automatic", "192.0.2.7 · Chrome on Android"],
  [{ recordKind: "customer", what: "portal switched on" }, "Customer portal switched on", "Olive", null],
  [{ recordKind: "contact", what: "contact added", body: { email: "a@b.test" } }, "Contact added: a@b.test", "Olive", null],
  [{ what: "vendor added", body: { name: "Gearworks" } }, "Vendor added: Gearworks", "Olive", null],
  [{}, "Vendor invited", "Olive", null],
  [{ recordKind: "organization", what: "opened", body: { slug: "harbor", owner: "o@harbor.test" } }, "Shop opened: o@harbor.test", "Olive", null],
  [
    { recordKind: "work-order", what: "moved", body: { from: "in-progress", to: "completed" } },
    "Work order moved from in progress to completed",
    "Olive",
    null,
  ],
  [{ recordKind: "plan", what: "plan set", body: { from: "free", to: "pro" } }, "Plan set from free to pro", "Olive", null],
  [{ recordKind: "device", what: "own key issued", body: { email: 7 } }, "Tracker own key issued", "Olive", null],
  [{ recordKind: "something new", what: "happened" }, "Happened", "Olive", null],
])("%j", (change, what, who, from) => expect(describeAuditEvent(row(change))).toMatchObject({ what, who, from }));

test("a cursor survives a URL, and anything else is refused", () => {
  const cursor = fc.record({ at: fc.nat(), kind: fc.string(), id: fc.string(), version: fc.nat() });
  fc.assert(fc.property(cursor, (one) => void expect(parseCursor(formatCursor(one))).toEqual(one)));
  fc.assert(fc.property(fc.string(), (text) => void parseCursor(text)));
  for (const text of [null, "", "{}", "null", "7", "[]", '["a","b","c",1]', "[1,2,3,4]"]) expect(parseCursor(text)).toBeNull();
  expect([parseTopic("portal"), parseTopic("payroll"), parseTopic(null)]).toEqual(["portal", null, null]);
});
