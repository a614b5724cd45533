import { browserInWords } from "~/kernel/user-agent";

/** What the journal's page can be narrowed to, and which records each means. */
export const topics = {
  "sign-ins": { word: "Sign-ins", kinds: ["sign-in"] },
  portal: { word: "Portal", kinds: ["customer", "contact", "view"] },
  vendors: { word: "Vendors", kinds: ["vendor", "vendor-job", "vendor-message", "outside-budget"] },
  drivers: { word: "Drivers", kinds: ["driver", "tablet"] },
  "work-orders": { word: "Work orders", kinds: ["work-order", "work-order-note"] },
  estimates: { word: "Estimates", kinds: ["estimate"] },
  assets: { word: "Assets", kinds: ["asset"] },
  files: { word: "Files", kinds: ["attachment"] },
  shop: { word: "Shop", kinds: ["organization", "plan", "shop-rules"] },
  devices: { word: "Devices", kinds: ["device", "ingest-key"] },
} as const satisfies Record<string, { word: string; kinds: readonly string[] }>;

export type Topic = keyof typeof topics;
export const topicNames = Object.keys(topics) as Topic[]; // the table's own keys

export const parseTopic = (text: string | null): Topic | null => topicNames.find((name) => name === text) ?? null;

/** A place in the journal's order, newest first. */
export type Turn = { at: number; kind: string; id: string; version: number };

/** As it stands in an address: the instant and the record, so that a row that comes meanwhile moves no page. */
export const turnText = ({ at, kind, id, version }: Turn): string => JSON.stringify([at, kind, id, version]);

export function parseTurn(text: string | null): Turn | null {
  if (text === null) return null;
  try {
    const [at, kind, id, version] = JSON.parse(text) as unknown[]; // each is checked below
    return typeof at === "number" && typeof kind === "string" && typeof id === "string" && typeof version === "number" ? { at, kind, id, version } : null;
  } catch {
    return null;
  }
}

export type Happening = {
  recordKind: string;
  what: string;
  actor: { audience: string; name: string };
  body: Record<string, unknown>;
  ip: string | null;
  agent: string | null;
};
export type Told = { what: string; who: string; from: string | null; tone: "slate" | "green" | "red" | "blue" };

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
const doors: Record<string, string> = { staff: "the shop's pages", customer: "the customer portal", vendor: "the vendor portal", driver: "the driver portal" };
const tones: readonly [RegExp, Told["tone"]][] = [
  [/refused/, "red"],
  [/^signed in$|switched on/, "green"],
  [/invite/, "blue"],
];

/** A journal row in plain words: what happened, who did it, from where. */
export function inWords({ recordKind, what, actor, body, ip, agent }: Happening): Told {
  const email = textOf(body.email);
  const from = [ip, agent && browserInWords(agent)].filter(Boolean).join(" · ") || null;
  const tone = tones.find(([shape]) => shape.test(what))?.[1] ?? "slate";
  if (recordKind === "sign-in") {
    // At the door it is the address that says who came; the door itself wrote it down.
    const door = doors[textOf(body.audience) ?? ""] ?? "a portal";
    const why = textOf(body.why);
    return {
      what: what === "signed in" ? `Signed in to ${door}` : `${capital(what)} at ${door}${why ? `: ${why}` : ""}`,
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
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const spaced = (state: string): string => state.replaceAll(/[-_]/g, " ");
