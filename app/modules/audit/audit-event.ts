import { describeBrowser } from "~/kernel/user-agent";

/** Filters of the journal page, with the kinds of records each includes. */
export const topics = {
  "sign-ins": { label: "Sign-ins", kinds: ["sign-in"] },
  portal: { label: "Portal", kinds: ["customer", "contact", "impersonation"] },
  vendors: { label: "Vendors", kinds: ["vendor", "vendor-job", "vendor-message", "outside-budget"] },
  drivers: { label: "Drivers", kinds: ["driver", "tablet"] },
  "work-orders": { label: "Work orders", kinds: ["work-order", "work-order-note"] },
  estimates: { label: "Estimates", kinds: ["estimate"] },
  assets: { label: "Assets", kinds: ["asset"] },
  files: { label: "Files", kinds: ["attachment"] },
  shop: { label: "Shop", kinds: ["organization", "plan", "shop-rules"] },
  devices: { label: "Devices", kinds: ["device", "ingest-key"] },
} as const satisfies Record<string, { label: string; kinds: readonly string[] }>;

export type Topic = keyof typeof topics;
export const topicNames = Object.keys(topics) as Topic[]; // the keys of the table above

export const parseTopic = (text: string | null): Topic | null => topicNames.find((name) => name === text) ?? null;

/** A place in the journal's order, newest first. */
export type JournalCursor = { at: number; kind: string; id: string; version: number };

/** The cursor in a URL: instant and record, so that new rows don't shift pages. */
export const formatCursor = ({ at, kind, id, version }: JournalCursor): string => JSON.stringify([at, kind, id, version]);

export function parseCursor(text: string | null): JournalCursor | null {
  if (text === null) return null;
  try {
    const [at, kind, id, version] = JSON.parse(text) as unknown[]; // each is checked below
    return typeof at === "number" && typeof kind === "string" && typeof id === "string" && typeof version === "number" ? { at, kind, id, version } : null;
  } catch {
    return null;
  }
}

export type AuditEvent = {
  recordKind: string;
  what: string;
  actor: { audience: string; name: string };
  body: Record<string, unknown>;
  ip: string | null;
  userAgent: string | null;
};
export type EventDescription = { what: string; who: string; from: string | null; tone: "slate" | "green" | "red" | "blue" };

const records: Record<string, string> = {
  "work-order": "Work order",
  "work-order-note": "Work order",
  estimate: "Estimate",
  "ingest-key": "Ingest key",
  device: "Tracker",
  vendor: "Vendor",
  "vendor-job": "Outside work",
  "vendor-message": "Outside work",
  "outside-budget": "Outside work",
  driver: "Driver",
  tablet: "Tablet",
  customer: "Customer",
  organization: "Shop",
  "shop-rules": "Shop",
  plan: "Plan",
  view: "Portal",
  attachment: "File",
};
const portalNames: Record<string, string> = {
  staff: "the staff app",
  customer: "the customer portal",
  vendor: "the vendor portal",
  driver: "the driver portal",
};
const tones: readonly [RegExp, EventDescription["tone"]][] = [
  [/refused/, "red"],
  [/^signed in$|switched on/, "green"],
  [/invite/, "blue"],
];

/** Describes a journal row: what was done, by whom, from where. */
export function describeAuditEvent({ recordKind, what, actor, body, ip, userAgent }: AuditEvent): EventDescription {
  const email = textOf(body.email);
  const from = [ip, userAgent && describeBrowser(userAgent)].filter(Boolean).join(" · ") || null;
  const tone = tones.find(([pattern]) => pattern.test(what))?.[1] ?? "slate";
  if (recordKind === "sign-in") {
    // Sign-in rows are written by a job, so the person is the recorded address.
    if (what === "sign-ins refused") return { what: `Sign-ins refused: ${textOf(body.why) ?? "many"}`, who: actor.name, from, tone };
    const tries = typeof body.tries === "number" ? ` (${body.tries} times within an hour)` : "";
    const portal = portalNames[textOf(body.audience) ?? ""] ?? "a portal";
    const why = textOf(body.why);
    return {
      what: what === "signed in" ? `Signed in to ${portal}` : `${capital(what)} at ${portal}${why ? `: ${why}` : ""}${tries}`,
      who: email ?? textOf(body.name) ?? actor.name,
      from,
      tone,
    };
  }
  const [before, after] = [textOf(body.from), textOf(body.to)];
  const change = before && after ? ` from ${spaced(before)} to ${spaced(after)}` : "";
  const record = records[recordKind];
  const named = record && !what.toLowerCase().startsWith(record.toLowerCase()) ? `${record} ${what}` : capital(what);
  const subject = textOf(body.changes) ?? email ?? textOf(body.name) ?? textOf(body.owner);
  return { what: named + change + (subject ? `: ${subject}` : ""), who: actor.name, from, tone };
}

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const spaced = (state: string): string => state.replaceAll(/[-_]/g, " ");
