import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toUtcMs } from "~/kernel/time";
import { readMailReport } from "./resend-event";

const org = newId("organization");
const tag = "a".repeat(32);
const NOW = toUtcMs(Date.UTC(2026, 10, 20));
const event = (type: string, data: object = {}) =>
  JSON.stringify({
    type,
    created_at: "2026-11-19T10:00:00.000Z",
    data: { email_id: "e", to: ["Pat@Fleet.test"], subject: "s", tags: { org, mail: tag }, ...data },
  });

test.each([
  ["email.sent", {}, "sent", null],
  ["email.delivered", {}, "delivered", null],
  ["email.delivery_delayed", {}, "delayed", null],
  ["email.failed", { failed: { reason: "reached_daily_quota" } }, "failed", null],
  ["email.suppressed", { suppressed: { message: "on the list", type: "OnAccountSuppressionList" } }, "suppressed", null],
  ["email.complained", {}, "complained", null],
  ["email.bounced", { bounce: { type: "Permanent", subType: "General", message: "no such user" } }, "bounced", "refused-for-good"],
  ["email.bounced", { bounce: { type: "Transient", subType: "MailboxFull", message: "full" } }, "bounced", "mailbox-full"],
  ["email.bounced", { bounce: { type: "Undetermined", subType: "Undetermined", message: "?" } }, "bounced", "for-now"],
])("%s with %j is %s, %s", (type, data, state, reason) => {
  expect(readMailReport(event(type, data), NOW)).toMatchObject({
    organizationId: org,
    tag,
    to: "pat@fleet.test",
    state,
    reason,
    at: Date.UTC(2026, 10, 19, 10),
  });
});

test("what isn't about a mail of ours is `other`; what is no event is null", () => {
  expect(readMailReport(event("email.opened"), NOW)).toBe("other");
  expect(readMailReport(event("constructor"), NOW)).toBe("other");
  expect(readMailReport(event("email.sent", { tags: undefined }), NOW)).toBe("other");
  expect(readMailReport(event("email.sent", { tags: { org, mail: "x'; drop" } }), NOW)).toBe("other");
  expect(readMailReport(event("email.sent", { tags: { org: "org_1", mail: tag } }), NOW)).toBe("other");
  expect(readMailReport(event("email.sent", { to: [] }), NOW)).toBeNull();
  expect(readMailReport("{", NOW)).toBeNull();
  expect(readMailReport("[]", NOW)).toBeNull();
});

test("a report from the future is from now", () => {
  const at = toUtcMs(Date.UTC(2026, 10, 1));
  expect(readMailReport(event("email.delivered"), at)).toMatchObject({ at });
});
