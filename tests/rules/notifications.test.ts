import fs from "node:fs";
import { expect, test } from "vitest";
import { notificationRows, rowsFor } from "~/modules/notifications/notification-table";
import { notificationDocs, withTables } from "../../local/notification-docs.ts";

test("docs/notifications.md has the table as it is: npm run notification-docs", () => {
  const text = fs.readFileSync(notificationDocs, "utf8");
  expect(text).toContain("| `estimate.answered` |");
  expect(withTables(text)).toBe(text);
});

test("a mail to customers, vendors or drivers belongs to one event, so one setting decides it", () => {
  for (const audience of ["customer", "vendor", "driver"] as const) {
    const mails = rowsFor(audience).flatMap((row) => Object.keys(row.mails));
    expect(mails.filter((mail, at) => mails.indexOf(mail) !== at)).toEqual([]);
  }
});

test("each row is notified by something", () => {
  expect(notificationRows.filter(({ mails, notices = [], pushes = [] }) => Object.keys(mails).length + notices.length + pushes.length === 0)).toEqual([]);
});
