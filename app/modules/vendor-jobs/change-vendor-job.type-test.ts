import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { changeVendorJob } from "./change-vendor-job.server";

/* Nothing here runs: tsc checks it, and an expected error that no longer comes is itself an error. */
declare const s: { db: ScopedDatabase<"staff">; clock: Clock };
declare const id: Id<"vendorJob">;

changeVendorJob(s, id, { intent: "recall", reason: "" });
// @ts-expect-error callOffJob sends it, and resumes the order that waited for the job
changeVendorJob(s, id, { intent: "call-off", seen: 1, reason: "", pays: false, goesOn: null });
// @ts-expect-error assignVendor sends it, in the batch that creates the next assignment
changeVendorJob(s, id, { intent: "reassign", to: id });
