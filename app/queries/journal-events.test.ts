import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventRow, JournalEvent } from "~/kernel/events";
import { toUtcMs } from "~/kernel/time";
import { assetJournal } from "~/modules/assets/asset.journal";
import { formatCursor, parseCursor, parseTopic } from "~/modules/audit/journal-topics";
import { customerJournal } from "~/modules/customers/customer.journal";
import { driverJournal } from "~/modules/drivers/driver.journal";
import { organizationJournal } from "~/modules/organizations/organization.journal";
import { peopleJournal } from "~/modules/people/people.journal";
import { telematicsJournal } from "~/modules/telematics/telematics.journal";
import { vendorJobJournal } from "~/modules/vendor-jobs/vendor-job.journal";
import { vendorJournal } from "~/modules/vendors/vendor.journal";
import { workOrderJournal } from "~/modules/work-orders/work-order.journal";
import { activityOf, describeEvent, journals, unitActivityOf } from "./journal-events";

const CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
const rowOf = ({ code, body }: Pick<JournalEvent, "code" | "body">, change: Partial<EventRow> = {}): EventRow => ({
  event: code,
  body: JSON.parse(JSON.stringify(body)),
  actor: { name: "Olive" },
  ip: null,
  userAgent: null,
  ...change,
});
const signIn = { actor: { name: "Automatic" }, ip: "192.0.2.7", userAgent: CHROME };
const phone = "192.0.2.7 · Chrome on Android";
const refused = { audience: "staff", email: "a@b.test", why: "wrong password" } as const;
const order = { number: 1_042, order: "Air leak" };

test.each<[EventRow, what: string, who: string, from: string | null]>([
  [rowOf(peopleJournal.of("sign-in.accepted", { audience: "customer", email: "a@b.test" }), signIn), "Signed in to the customer portal", "a@b.test", phone],
  [rowOf(peopleJournal.of("sign-in.accepted", { audience: "driver" }), signIn), "Signed in to the driver portal", "Automatic", phone],
  [rowOf(peopleJournal.of("sign-in.refused", refused), signIn), "Sign-in refused at the staff app: wrong password", "a@b.test", phone],
  [
    rowOf(peopleJournal.of("sign-in.refused", { ...refused, tries: 20 }), signIn),
    "Sign-in refused at the staff app: wrong password (20 times within an hour)",
    "a@b.test",
    phone,
  ],
  [
    rowOf(peopleJournal.of("sign-in.refusals-counted", { tries: 300, recorded: 30 })),
    "Sign-ins refused: 300 tries within an hour, 30 of them recorded",
    "Olive",
    null,
  ],
  [rowOf(customerJournal.of("portal.turned-on")), "Customer portal turned on", "Olive", null],
  [rowOf(customerJournal.of("contact.added", { email: "a@b.test" })), "Contact added: a@b.test", "Olive", null],
  [rowOf(vendorJournal.of("vendor.added", { name: "Gearworks" })), "Vendor added: Gearworks", "Olive", null],
  [rowOf(organizationJournal.of("shop.opened", { slug: "harbor", owner: "o@harbor.test" })), "Shop opened: o@harbor.test", "Olive", null],
  [
    rowOf(workOrderJournal.of("work-order.moved", { ...order, from: "open", to: "in-progress", holdReason: null })),
    "WO-1042 moved from open to in progress",
    "Olive",
    null,
  ],
  [
    rowOf(vendorJobJournal.of("vendor-job.taken-back", { number: 7, vendor: "Gearworks", why: "Too slow" })),
    "Vendor job V-7 taken back from Gearworks",
    "Olive",
    null,
  ],
  [rowOf(organizationJournal.of("plan.set", { from: "free", to: "pro" })), "Plan set from free to pro", "Olive", null],
  [rowOf(telematicsJournal.of("tracker.key-issued")), "Tracker's own key issued", "Olive", null],
])("%j", (row, what, who, from) => expect(describeEvent(row)).toMatchObject({ what, who, from }));

test("a row that no catalog knows, or whose body doesn't fit, is shown by its code", () => {
  expect(describeEvent(rowOf({ code: "dispatch.sent-out", body: { to: 7 } }))).toMatchObject({ what: "Dispatch sent out", tone: "slate" });
  expect(describeEvent(rowOf({ code: "vendor.added", body: { name: 7 } }))).toMatchObject({ what: "Vendor added", tone: "slate" });
  for (const code of ["toString", "__proto__", ""]) expect(() => describeEvent(rowOf({ code, body: {} }))).not.toThrow();
});

test("each code is `noun.past-verb`, and in one catalog", () => {
  const codes = journals.flatMap(({ definitions }) => Object.keys(definitions));
  expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
});

const placed = (row: EventRow, recordKind: string) => ({ ...row, recordKind, recordId: "r", version: 1, at: toUtcMs(0) });

test("a driver's activity names the sign-in method, the tablet, and the reason of a refusal", () => {
  const driver = { audience: "driver", name: "Marcus" } as const;
  const rows = [
    rowOf(peopleJournal.of("sign-in.accepted", { ...driver, code: "4471", tablet: "Gate tablet" }), { ip: "192.0.2.1" }),
    rowOf(peopleJournal.of("sign-in.accepted", { audience: "driver", email: "dana@northline.test" })),
    rowOf(peopleJournal.of("sign-in.refused", { ...driver, why: "wrong PIN" })),
    rowOf(assetJournal.of("vehicle.assigned", { unit: "101" })),
    rowOf(driverJournal.of("driver.archived")),
  ];
  expect(activityOf(rows.map((row) => placed(row, "sign-in"))).map(({ title, detail, tone }) => [title, detail, tone])).toEqual([
    ["Signed in with code and PIN", "Gate tablet · 192.0.2.1", "green"],
    ["Signed in with an emailed link", null, "green"],
    ["Sign-in refused: wrong PIN", null, "red"],
    ["Assigned to unit 101", null, "slate"],
    ["Driver archived", null, "slate"],
  ]);
});

test("another record's event in a record's activity names its record, and a unit's orders their title", () => {
  const declined = placed(rowOf(vendorJobJournal.of("vendor-job.declined", { number: 7, vendor: "Gearworks", why: "No time" })), "vendor-job");
  expect(activityOf([declined], ["work-order"])).toMatchObject([{ title: "Vendor declined: V-7, Gearworks", detail: "“No time”" }]);
  expect(activityOf([declined], ["vendor-job"])).toMatchObject([{ title: "Vendor declined", detail: "“No time”" }]);
  const held = placed(rowOf(workOrderJournal.of("work-order.moved", { ...order, from: "open", to: "on-hold", holdReason: "parts" })), "work-order");
  expect(unitActivityOf([held])).toMatchObject([{ title: "WO-1042 put on hold: waiting for parts", detail: "Air leak", tone: "amber" }]);
});

test("a cursor survives a URL, and anything else is refused", () => {
  const cursor = fc.record({ at: fc.nat(), kind: fc.string(), id: fc.string(), version: fc.nat() });
  fc.assert(fc.property(cursor, (one) => void expect(parseCursor(formatCursor(one))).toEqual(one)));
  fc.assert(fc.property(fc.string(), (text) => void parseCursor(text)));
  for (const text of [null, "", "{}", "null", "7", "[]", '["a","b","c",1]', "[1,2,3,4]"]) expect(parseCursor(text)).toBeNull();
  expect([parseTopic("portal"), parseTopic("payroll"), parseTopic(null)]).toEqual(["portal", null, null]);
});
