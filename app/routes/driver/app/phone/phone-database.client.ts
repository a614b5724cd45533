import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Id } from "~/kernel/ids";
import type { Language } from "~/modules/inspections/checklists/labels";
import type { SentRefusal } from "~/modules/inspections/filing/refusals";
import type { DriverStart } from "~/queries/driver/start.server";
import type { Draft, SignedReport } from "../draft";

/** What the server sends a phone, and when it came. */
export type Start = DriverStart & {
  at: number;
  isShared: boolean;
  organizationId: string;
  shop: { name: string; color: string | null; phone: string | null; zone: string; locale: string; distanceUnit: "mi" | "km" };
};

/** A vehicle's page for a roadside inspection as it was when there was signal; the server sends its text. */
export type KeptRoadside = { assetId: string; at: number; expiresAt: number; html: string };

/** A signed report on its way. It stays until the server has it and every photo. */
export type QueuedReport = {
  id: Id<"submission">;
  driverId: string;
  driverName: string;
  report: SignedReport;
  queuedAt: number;
  /** Whether the server has the report itself; its photos may still be missing. */
  isFiled: boolean;
  /** Why the server did not take it; sent again only when a person asks. */
  refusal: SentRefusal | null;
  /** The token ran out: its driver has to sign in again. */
  needsSignIn: boolean;
};

/** A photo or a video. */
export type KeptPhoto = { id: Id<"attachment">; submissionId: Id<"submission">; content: Blob };
/** `isEnded`: its phone was signed out from elsewhere; it still files what was signed before. */
export type FilingToken = { driverId: string; token: string; expiresAt: number; isEnded?: boolean };

interface PhoneSchema extends DBSchema {
  /** Single values: the last start, the language, when the driver last used a shared tablet. */
  kept: { key: string; value: unknown };
  drafts: { key: string; value: Draft };
  queue: { key: string; value: QueuedReport };
  photos: { key: string; value: KeptPhoto; indexes: { submission: string } };
  tokens: { key: string; value: FilingToken };
}

let opened: Promise<IDBPDatabase<PhoneSchema>> | null = null;

/** The phone's own database. Everything that isn't on the server yet is here. */
export function phoneDatabase(): Promise<IDBPDatabase<PhoneSchema>> {
  opened ??= openDB<PhoneSchema>("baytrack-driver", 1, {
    upgrade(db) {
      db.createObjectStore("kept");
      db.createObjectStore("drafts", { keyPath: "id" });
      db.createObjectStore("queue", { keyPath: "id" });
      db.createObjectStore("photos", { keyPath: "id" }).createIndex("submission", "submissionId");
      db.createObjectStore("tokens", { keyPath: "driverId" });
    },
    // A newer version of the app waits for this page otherwise.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  });
  return opened;
}

/** What an older version of the app kept has no checklists. */
export async function readStart(): Promise<Start | null> {
  const start = (await (await phoneDatabase()).get("kept", "start")) as Start | undefined; // only writeStart writes it
  return start ? { ...start, checklists: start.checklists ?? [] } : null;
}
export const writeStart = async (start: Start): Promise<unknown> => (await phoneDatabase()).put("kept", start, "start");
/** With all else that is its driver's alone to read. */
export async function forgetStart(): Promise<void> {
  const change = (await phoneDatabase()).transaction("kept", "readwrite");
  await Promise.all([change.store.delete("start"), change.store.delete("roadside"), change.store.delete("typed"), change.done]);
}

export const writeRoadside = async (driverId: string, pages: KeptRoadside[]): Promise<unknown> =>
  (await phoneDatabase()).put("kept", { driverId, pages }, "roadside");
/** This driver's pages that are still open, as far as the phone's clock is right. */
export async function readRoadside(driverId: string, now = Date.now()): Promise<KeptRoadside[]> {
  const kept = (await (await phoneDatabase()).get("kept", "roadside")) as { driverId: string; pages: KeptRoadside[] } | undefined; // only writeRoadside writes it
  return kept?.driverId === driverId ? kept.pages.filter(({ expiresAt }) => now < expiresAt) : [];
}

/** What this driver began to type as a unit's number: a phone may close the page meanwhile. */
export const writeTyped = async (driverId: string, number: string): Promise<unknown> => (await phoneDatabase()).put("kept", { driverId, number }, "typed");
export async function readTyped(driverId: string): Promise<string> {
  const kept = (await (await phoneDatabase()).get("kept", "typed")) as { driverId: string; number: string } | undefined; // only writeTyped writes it
  return kept?.driverId === driverId ? kept.number : "";
}

export const readLanguage = async (): Promise<Language> =>
  ((await (await phoneDatabase()).get("kept", "language")) as Language | undefined) ?? (navigator.language.startsWith("es") ? "es" : "en"); // only writeLanguage writes it
export const writeLanguage = async (language: Language): Promise<unknown> => (await phoneDatabase()).put("kept", language, "language");

/** That a driver left this phone while there was no signal: the session is ended before anything else is asked. */
export const readLeft = async (): Promise<boolean> => (await (await phoneDatabase()).get("kept", "left")) === true;
export const writeLeft = async (left: boolean): Promise<unknown> => (await phoneDatabase()).put("kept", left, "left");

/** A shared tablet's driver is signed out after a while without a tap, also without signal. */
export const noteUse = async (at: number): Promise<unknown> => (await phoneDatabase()).put("kept", at, "used-at");
export const lastUse = async (): Promise<number> => ((await (await phoneDatabase()).get("kept", "used-at")) as number | undefined) ?? 0; // only noteUse writes it

export const draftsOf = async (driverId: string): Promise<Draft[]> =>
  (await (await phoneDatabase()).getAll("drafts")).filter((draft) => draft.driverId === driverId);

/** Saves a draft, unless it was signed in another page of the app: a signed report never becomes a draft again. */
export async function writeDraft(draft: Draft): Promise<void> {
  const change = (await phoneDatabase()).transaction(["drafts", "queue"], "readwrite");
  if ((await change.objectStore("queue").getKey(draft.id)) === undefined) await change.objectStore("drafts").put(draft);
  await change.done;
}

/** Gives up a draft with its photos; those of a signed report stay. */
export async function dropDraft(id: Id<"submission">): Promise<void> {
  const change = (await phoneDatabase()).transaction(["drafts", "photos", "queue"], "readwrite");
  await change.objectStore("drafts").delete(id);
  if ((await change.objectStore("queue").getKey(id)) === undefined)
    for (const key of await change.objectStore("photos").index("submission").getAllKeys(id)) await change.objectStore("photos").delete(key);
  await change.done;
}

export const keepPhoto = async (photo: KeptPhoto): Promise<unknown> => (await phoneDatabase()).put("photos", photo);
export const readPhoto = async (id: string): Promise<KeptPhoto | null> => (await (await phoneDatabase()).get("photos", id)) ?? null;
export const dropPhoto = async (id: string): Promise<void> => (await phoneDatabase()).delete("photos", id);

/** Signing: the draft becomes a queued report in one step, so that no crash can lose or double it. What was signed first stays. */
export async function queueReport(report: QueuedReport): Promise<void> {
  const change = (await phoneDatabase()).transaction(["drafts", "queue"], "readwrite");
  if ((await change.objectStore("queue").getKey(report.id)) === undefined) await change.objectStore("queue").put(report);
  await change.objectStore("drafts").delete(report.id);
  await change.done;
}

/** A report that the server refused for good opens again as a draft, under the same ids. */
export async function reopenReport(id: Id<"submission">, draft: Draft): Promise<void> {
  const change = (await phoneDatabase()).transaction(["drafts", "queue"], "readwrite");
  await change.objectStore("drafts").put(draft);
  await change.objectStore("queue").delete(id);
  await change.done;
}

export const queuedReports = async (): Promise<QueuedReport[]> => (await (await phoneDatabase()).getAll("queue")).sort((a, b) => a.queuedAt - b.queuedAt);
export const changeQueued = async (report: QueuedReport): Promise<unknown> => (await phoneDatabase()).put("queue", report);

/** The server has it with all its photos. */
export async function dropQueued(id: Id<"submission">): Promise<void> {
  const change = (await phoneDatabase()).transaction(["queue", "photos"], "readwrite");
  await change.objectStore("queue").delete(id);
  for (const key of await change.objectStore("photos").index("submission").getAllKeys(id)) await change.objectStore("photos").delete(key);
  await change.done;
}

export const tokenOf = async (driverId: string): Promise<FilingToken | null> => (await (await phoneDatabase()).get("tokens", driverId)) ?? null;
export const keepToken = async (token: FilingToken): Promise<unknown> => (await phoneDatabase()).put("tokens", token);
export const dropToken = async (driverId: string): Promise<void> => (await phoneDatabase()).delete("tokens", driverId);
