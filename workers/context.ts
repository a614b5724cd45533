import { randomInt } from "node:crypto";
import type { Audience } from "~/kernel/audience";
import { newId } from "~/kernel/ids";
import { type Clock, systemClock } from "~/kernel/time";
import { sealJournal } from "~/modules/audit/seal-journal.server";
import { squareOf } from "~/modules/payments/square/square-jobs.server";
import type { FleetPort } from "~/modules/telematics/fleet";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { directoryOf } from "~/platform/directory/directory.server";
import { readSettings } from "~/platform/env.server";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import type { BoardNotifier } from "~/platform/live/board";
import { log } from "~/platform/log.server";
import { drain } from "~/platform/outbox/drain.server";
import { documentsOf } from "~/platform/pdf/documents.server";
import type { Platform } from "~/platform/platform.server";
import { forJob, type Scope } from "~/platform/scope/scope.server";
import { outboxDispatcherOf } from "./outbox-dispatcher";

declare module "react-router" {
  interface AppLoadContext extends LoadContext {}
}

/** Long enough for the answer to be out, on a busy machine as well. */
const AFTER_ANSWER_MS = [60, 200] as const;

type WaitUntil = { waitUntil(work: Promise<unknown>): void };

/** What a use case may ask for, held to one scope. */
export type Services<A extends Audience = Audience> = ReturnType<typeof servicesOf<A>>;
export type LoadContext = { platform: Platform; servicesFor<A extends Audience>(scope: Scope<A>): Services<A> };

/** The composition root: from the runtime's bindings to what routes and jobs work with. */
export function contextOf(env: Env, execution: WaitUntil, clock: Clock = systemClock): LoadContext {
  const platform = platformOf(env, execution, clock);
  return { platform, servicesFor: (scope) => servicesOf(env, platform, scope) };
}

export function platformOf(env: Env, execution: WaitUntil, clock: Clock = systemClock): Platform {
  const waitUntil: Platform["waitUntil"] = (work) => execution.waitUntil(work.catch((cause) => log.error("after-answer", cause)));
  const limits = { "sign-in": env.SIGN_IN_LIMIT, ingest: env.INGEST_LIMIT, upload: env.UPLOAD_LIMIT };
  return {
    ...lasting(env),
    clock,
    waitUntil,
    afterAnswer: (work) => waitUntil(new Promise((begin) => setTimeout(begin, randomInt(...AFTER_ANSWER_MS))).then(work)),
    withinLimit: async (limit, key) => (await limits[limit].limit({ key })).success,
  };
}

type Lasting = Pick<Platform, "settings" | "directory">;
const made = new WeakMap<Env, Lasting>();

/** What is the same for every request of an isolate. */
function lasting(env: Env): Lasting {
  const known = made.get(env) ?? { settings: readSettings(env), directory: directoryOf(env) };
  made.set(env, known);
  return known;
}

function servicesOf<A extends Audience>(env: Env, platform: Platform, scope: Scope<A>) {
  const { organizationId } = scope;
  const drainNow = async () => {
    await drain(outboxDispatcherOf(env, platform, scopedDatabase(env.TENANTS, forJob(organizationId, "outbox"))));
    // Nobody waits for it; what is missed here, the sweep seals within a minute.
    platform.waitUntil(sealJournal({ ...platform, db: scopedDatabase(env.TENANTS, forJob(organizationId, "sealer")) }));
  };
  const files = scopedFiles(env.FILES, scope);
  return {
    db: scopedDatabase(env.TENANTS, scope),
    files,
    documents: documentsOf({ db: scopedDatabase(env.TENANTS, forJob(organizationId, "documents")), files, clock: platform.clock, assets: env.ASSETS }),
    clock: platform.clock,
    directory: platform.directory,
    settings: platform.settings,
    newId,
    // A stub's type does not carry the class's methods; both rooms are held to their ports in workers/rooms.ts.
    /** The shop's account at Square; null while it isn't connected. */
    square: () =>
      squareOf({
        db: scopedDatabase(env.TENANTS, forJob(organizationId, "Square")),
        clock: platform.clock,
        directory: platform.directory,
        settings: platform.settings,
      }),
    fleet: env.FleetRoom.getByName(organizationId) as unknown as FleetPort,
    board: env.BoardRoom.getByName(organizationId) as unknown as BoardNotifier,
    /** Sends what this request put into the outbox, once the answer is out. */
    drainSoon: () => platform.waitUntil(drainNow()),
    /** The same before the answer, where the answer reports the effect. What fails is retried later. */
    drainNow,
  };
}
