import { type OrderLine, priceOf } from "~/modules/work-orders/jobs/job";
import type { LineAuthorization, OrderAuthorization } from "~/modules/work-orders/lines/authorization";
import type { Order } from "~/modules/work-orders/order";
import { type Content, type OfferedJob, offeredJobsIn, wholeJobs } from "./estimate-snapshot";

type Jobs = Pick<Order, "jobs">["jobs"];

/** Why a line can't be offered on an estimate; null where it can. */
export function notOffered(line: OrderLine, its: LineAuthorization | undefined, estimateId: string | null): string | null {
  if (line.offer && line.offer.estimateId !== estimateId) return "On another estimate";
  if (its?.state === "unchosen" && !its.isAlternative) return "Not chosen";
  if (line.priceOpen) return "No price yet";
  if (its && its.reasoned > 0 && its.toBill === 0) return "Not charged";
  if (its?.state === "authorized" && priceOf(line) === its.authorized) return "Authorized";
  return null;
}

/** Whether a new estimate begins with this line: nobody decided on it, or its price went up since. */
const isOpen = (line: OrderLine, its: LineAuthorization | undefined): boolean =>
  line.offer === null &&
  !line.priceOpen &&
  (its?.state === "authorized" ? its.over > 0 : (its?.state ?? "none") === "none" && (its?.covered ?? 0) === 0 && (its?.reasoned ?? 0) === 0);

/** The lines of an order that a new estimate begins with. */
export const openLines = (jobs: Jobs, authorization: OrderAuthorization): OfferedJob[] =>
  wholeJobs(
    {
      jobs: jobs.map((job) => ({
        jobId: job.id,
        recommendation: "",
        together: false,
        lineIds: job.lines.filter((line) => isOpen(line, authorization.lines.get(line.id))).map(({ id }) => id),
      })),
    },
    { jobs, authorization },
  );

export const lineChoice = (id: string): string => `line-${id}`;
/** Whether all options of a job are offered. */
export const optionsOf = (jobId: string): string => `options-${jobId}`;
export const recommendationOf = (jobId: string): string => `recommendation-${jobId}`;
export const togetherOf = (jobId: string): string => `together-${jobId}`;

const LONGEST = 4_000;

/** The chosen lines by job, from their form. */
export function readOfferedJobs(
  typed: Readonly<Record<string, unknown>>,
  jobs: Jobs,
): { ok: true; jobs: OfferedJob[] } | { ok: false; fields: Record<string, string> } {
  const text = (name: string) => String(typed[name] ?? "").trim();
  const long = jobs.find(({ id }) => text(recommendationOf(id)).length > LONGEST);
  if (long) return { ok: false, fields: { [recommendationOf(long.id)]: `Use at most ${LONGEST.toLocaleString("en-US")} characters.` } };
  return {
    ok: true,
    jobs: jobs.map(({ id, lines }) => ({
      jobId: id,
      recommendation: text(recommendationOf(id)),
      together: typed[togetherOf(id)] === "on",
      lineIds: lines.filter(({ id: line, option }) => typed[lineChoice(line)] === "on" || (option && typed[optionsOf(id)] === "on")).map((line) => line.id),
    })),
  };
}

/** The chosen lines as form values. */
export const offeredText = (content: Pick<Content, "jobs">, jobs: Jobs): Record<string, string> =>
  Object.fromEntries(
    offeredJobsIn(content, jobs).flatMap(({ job, recommendation, together, lineIds }) => [
      [recommendationOf(job.id), recommendation],
      ...(together ? [[togetherOf(job.id), "on"]] : []),
      ...(isOfOptions(job.lines, lineIds) ? [[optionsOf(job.id), "on"]] : []),
      ...lineIds.map((id) => [lineChoice(id), "on"]),
    ]),
  );

/** Lines of several options are only offered together. */
const isOfOptions = (lines: readonly OrderLine[], offered: readonly string[]): boolean =>
  new Set(lines.flatMap(({ id, option }) => (option && offered.includes(id) ? [option] : []))).size > 1;
