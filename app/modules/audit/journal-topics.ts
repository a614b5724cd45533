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
  shop: { label: "Shop", kinds: ["organization", "plan", "shop-rules", "square-connection"] },
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
