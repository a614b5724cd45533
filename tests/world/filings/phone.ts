import type { KeptPhoto, QueuedReport } from "../../../app/routes/driver/app/phone/phone-database.client.ts";
import type { Answer, SendingPhone } from "../../../app/routes/driver/app/phone/send-round.ts";
import { type Life, lifeOf } from "../dying.ts";
import type { SignedFiling } from "./reports.ts";

export type Put = (path: string, body: string | ArrayBuffer, headers: Record<string, string>) => Promise<Answer>;

/**
 * A phone that keeps what the app keeps and sends with the app's own code. Each change is whole or not made, as in the
 * phone's database; it may die between any two, and goes on from what it kept.
 */
export function phoneOf(tokens: ReadonlyMap<string, string>, now: () => number, put: Put) {
  const queue = new Map<string, string>();
  const photos = new Map<string, { submissionId: string; content: Uint8Array<ArrayBuffer> }>();
  const reports = (): QueuedReport[] => [...queue.values()].map((text) => JSON.parse(text) as QueuedReport); // as this file wrote it
  const change = (report: QueuedReport) => void queue.set(report.id, JSON.stringify(report));
  let alive: Life = lifeOf(Number.POSITIVE_INFINITY);
  const living = async <T>(act: () => T | Promise<T>): Promise<T> => {
    alive();
    return act();
  };
  const sending: SendingPhone = {
    now,
    read: (id) => living(() => reports().find((one) => one.id === id)),
    change: (report) => living(() => change(report)),
    drop: (id) =>
      living(() => {
        queue.delete(id);
        for (const [photo, { submissionId }] of photos) if (submissionId === id) photos.delete(photo);
      }),
    photo: (id) =>
      living(() => {
        const kept = photos.get(id);
        return kept ? ({ content: new Blob([kept.content]) } satisfies Pick<KeptPhoto, "content">) : null;
      }),
    tokenOf: (driverId) =>
      living(() => {
        const token = tokens.get(driverId);
        return token ? { driverId, token, expiresAt: Number.MAX_SAFE_INTEGER } : null;
      }),
    keepToken: () => living(() => undefined),
    dropToken: () => living(() => undefined),
    put: (path, body, headers) => living(() => put(path, body, headers)),
    progress: () => {},
    changed: () => living(() => undefined),
  };
  return {
    sending,
    reports,
    /** It dies after so many steps from now. */
    liveFor(steps: number): void {
      alive = lifeOf(steps);
    },
    sign(driverId: string, { id, report, photos: taken }: SignedFiling): void {
      for (const [photo, content] of taken) photos.set(photo, { submissionId: id, content });
      change({ id, driverId, driverName: "Dana Ortiz", report, queuedAt: queue.size, isFiled: false, refusal: null, needsSignIn: false });
    },
    waiting: () => reports().flatMap(({ id, refusal }) => (refusal === null ? [id] : [])),
    /** A person asks again for what was refused; answers why it was. */
    askAgain(): string[] {
      return reports().flatMap((report) => {
        if (report.refusal === null) return [];
        change({ ...report, refusal: null });
        return [report.refusal.code || report.refusal.error];
      });
    },
    isEmpty: () => queue.size === 0 && photos.size === 0,
  };
}
export type ModelPhone = ReturnType<typeof phoneOf>;
