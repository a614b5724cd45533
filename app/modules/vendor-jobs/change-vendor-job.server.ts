import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { Refusal } from "./decide";
import type { VendorJob } from "./vendor-job";
import { type Asked as Any, type Needs, runVendorJobCommand } from "./vendor-job-command.step.server";

/** Commands that change nothing but the job. Canceling it has a use case of its own, which resumes the order. */
export type Asked = Exclude<Any, { intent: "call-off" }>;

/** Runs one command of the shop or the vendor on a job. The caller drains the outbox. */
export const changeVendorJob = (s: Needs, id: Id<"vendorJob">, command: Asked): Promise<Result<VendorJob, Refusal>> => runVendorJobCommand(s, id, command);
