import type { Id } from "~/kernel/ids";
import { type ChangeNeeds, changeWorkOrder } from "./change-work-order.server";
import type { JobDraft, Technician } from "./jobs/job";

declare const s: ChangeNeeds;
declare const id: Id<"workOrder">;
declare const invoiceId: Id<"invoice">;
declare const job: JobDraft;
declare const entryId: Id<"laborEntry">;
declare const technician: Technician;

/* Nothing here runs: tsc checks it, and an expected error that no longer comes is itself an error. */
changeWorkOrder(s, id, { intent: "reopen", why: "Leaks again" });
changeWorkOrder(s, id, { intent: "remove-job", seen: 1, jobId: job.id });

// @ts-expect-error completeOrder sends it, after it asked whether a vendor is still working on the order
changeWorkOrder(s, id, { intent: "move", seen: 1, to: "completed", holdReason: null });
// @ts-expect-error cancelOrder sends it, after it asked whether a vendor is still working on the order
changeWorkOrder(s, id, { intent: "cancel", why: "Sold" });
// @ts-expect-error an order is invoiced in its invoice's own batch
changeWorkOrder(s, id, { intent: "bill", seen: 1, invoiceId });
// @ts-expect-error and released when that is voided
changeWorkOrder(s, id, { intent: "unbill", invoiceId });
// @ts-expect-error only an approved estimate places its lines
changeWorkOrder(s, id, { intent: "place-approved", job });
// @ts-expect-error only an approved vendor's invoice places its cost
changeWorkOrder(s, id, { intent: "place-outside", job });
// @ts-expect-error and only its reversal lifts it
changeWorkOrder(s, id, { intent: "lift-outside", jobId: job.id });
// @ts-expect-error startClock sends it, after it stopped the person's clock on other orders
changeWorkOrder(s, id, { intent: "start-clock", entryId, jobId: job.id, technician });
