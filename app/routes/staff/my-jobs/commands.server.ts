import * as z from "zod";
import { err, ok, type Result } from "~/kernel/result";
import { type ChangeRefusal, changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { readsCosts } from "~/modules/work-orders/jobs/costs";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { clockCommands, orderRefusal } from "../work-order/commands.server";

const text = z.string().trim().max(5_000, "Use at most 5,000 characters.");
const THEIRS = "Someone else wrote here meanwhile. Their text is below, yours is in the form. Save again to replace theirs.";

type Clash = { kind: "clash"; more: Record<string, string> };

/** A technician's own clock, and what was found and done on a job. */
export const commands = staff.commands({
  ...clockCommands,
  /** `seenCause` and `seenCorrection` are what the form began with, so that nobody's text is lost. */
  findings: staff.command({
    permission: "work-order:write",
    form: z.object({
      job: idField("job", "That job doesn't exist anymore. Reload the page."),
      cause: text,
      correction: text,
      seenCause: text,
      seenCorrection: text,
    }),
    async run({
      services,
      scope,
      id,
      form,
    }): Promise<Result<null, Exclude<ChangeRefusal, { kind: "collides" } | { kind: "stale" } | { kind: "no-reason" }> | Clash>> {
      const { order } = orNotFound(await readOrderRecord(services, id("workOrder")));
      const job = orNotFound(order.jobs.find((one) => one.id === form.job));
      const saved = await changeWorkOrder(services, order.id, {
        intent: "save-job",
        seen: order.version,
        keepsCosts: !readsCosts(scope),
        base: { ...job, cause: form.seenCause, correction: form.seenCorrection },
        job: { ...job, cause: form.cause, correction: form.correction },
      });
      if (saved.ok) return ok(null);
      const { error } = saved;
      if (error.kind !== "collides" && error.kind !== "stale" && error.kind !== "no-reason") return err(error);
      const fresh = (await readOrderRecord(services, order.id))?.order.jobs.find((one) => one.id === form.job) ?? job;
      return err({ kind: "clash", more: { seenCause: fresh.cause, seenCorrection: fresh.correction, clash: "yes" } });
    },
    done: "Saved.",
    refuse: (refusal) => (refusal.kind === "clash" ? { status: 409, message: THEIRS, more: refusal.more } : orderRefusal(refusal)),
  }),
});
