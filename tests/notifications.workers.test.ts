import { expect, test } from "vitest";
import type { Letter } from "./world/notified/letter";
import { type NotificationName, notifications } from "./world/notified/notification-name";
import { playEstimates } from "./world/notified/plays/estimates";
import { playMoney } from "./world/notified/plays/money";
import { playPeople } from "./world/notified/plays/people";
import { playUnits } from "./world/notified/plays/units";
import { playVendorJobs } from "./world/notified/plays/vendors";
import { stage } from "./world/notified/stage";
import { watching } from "./world/notified/watch";
import { wordings } from "./world/notified/wordings";

/*
 * The notification table, played: each event happens to a shop with everybody whom it could reach. After each, who got
 * which mail, push, notice and live notice is what the table promises, with the wording and the link below it; nobody
 * else got anything, and nothing comes twice.
 */
const happened = new Map<NotificationName, Letter | null>();

declare module "vitest" {
  interface TaskMeta {
    /** One mail of each, for `npm run mails`. */
    letters?: readonly (readonly [name: string, letter: Letter])[];
  }
}

test.each([
  ["estimates and requests", playEstimates],
  ["units", playUnits],
  ["invoices and payments", playMoney],
  ["vendor jobs", playVendorJobs],
  ["sign-in", playPeople],
] as const)("%s: each event reaches just those whom the table names, once", async (_name, play) => {
  const it = await stage();
  await play(it, watching(it, wordings, happened));
});

test(`all ${notifications.size} mails, notices and pushes that the table names have happened`, ({ task }) => {
  task.meta.letters = [...happened].flatMap(([name, letter]) => (letter ? [[name, letter] as const] : []));
  expect([...notifications.keys()].filter((name) => !happened.has(name))).toEqual([]);
});
