import fs from "node:fs";
import { type NotificationRow, type NotifiedAudience, notificationRows } from "../app/modules/notifications/notification-table.ts";

export const notificationDocs = new URL("../docs/notifications.md", import.meta.url);
const [BEGIN, END] = ["<!-- table -->", "<!-- /table -->"];

const titles: Record<NotifiedAudience, string> = { staff: "Staff", customer: "Customer contacts", vendor: "Vendor people", driver: "Drivers" };
const groups: Record<NotificationRow["to"], string> = {
  responsible: "the people responsible for the record, else its author, else the office",
  money: "the office (owners and managers)",
  contacts: "the customer's contacts",
  payers: "the customer's contacts, or its own address if it has none",
  decider: "the contact who decided",
  vendor: "the vendor's people, or its own address if it has no portal",
  drivers: "the drivers who have the unit that day",
  person: "the person it is for",
};
const ways = { now: "mail at once", digest: "daily mail", bell: "notice only" };

function channelsOf({ audience, usual, mails, push }: NotificationRow): string {
  const pushed = push === undefined ? "" : `push (${push === "on" ? "on" : "off"} by default)`;
  if (audience !== "staff" || !usual) return [Object.keys(mails).length > 0 && "mail", pushed].filter(Boolean).join(", ");
  return Object.keys(mails).length === 0 ? `notice, live; ${pushed}` : `mail, notice, live; default: ${ways[usual]}; ${pushed}`;
}
const recipientsOf = ({ to, right, byPortalOnly }: NotificationRow): string =>
  [groups[to], right && `with the right \`${right}\``, byPortalOnly && "while the portal is on"].filter(Boolean).join(", ");
const mailsOf = ({ mails, notices = [], pushes = [] }: NotificationRow): string =>
  [
    ...Object.entries(mails).map(([mail, effects]) => `\`${mail}\` (${effects.map((effect) => `\`${effect}\``).join(", ")})`),
    ...notices.map((effect) => `notice (\`${effect}\`)`),
    ...pushes.map((effect) => `push (\`${effect}\`)`),
  ].join("; ");

/** The lists of the docs. */
export function notificationTables(): string {
  const sections = (Object.keys(titles) as NotifiedAudience[]).map((audience) => {
    const rows = notificationRows.filter((row) => row.audience === audience);
    const lines = rows.map(
      (row) =>
        `| \`${row.event}\` | ${row.label} | ${recipientsOf(row)} | ${channelsOf(row)} | ${row.always ? `no: ${row.always}` : "yes"} | ${mailsOf(row)} |`,
    );
    return [
      `### ${titles[audience]}`,
      "",
      "| event | label | recipients | channels | can be switched off | mails (effects) |",
      "|---|---|---|---|---|---|",
      ...lines,
    ].join("\n");
  });
  return sections.join("\n\n");
}

/** A text of the docs with the table as it is now. */
export function withTables(text: string): string {
  const [before = "", rest = ""] = text.split(BEGIN);
  return `${before}${BEGIN}\n\n${notificationTables()}\n\n${END}${rest.split(END)[1] ?? ""}`;
}

if (process.argv.includes("--write")) fs.writeFileSync(notificationDocs, withTables(fs.readFileSync(notificationDocs, "utf8")));
