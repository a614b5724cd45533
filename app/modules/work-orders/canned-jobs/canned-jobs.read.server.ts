import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { cannedJobStore } from "./canned-job.store.server";

export const readCannedJobs = (db: ScopedDatabase<"staff">) => cannedJobStore(db).list();
export const readCannedJob = (db: ScopedDatabase<"staff">, id: Id<"cannedJob">) => cannedJobStore(db).find(id);
