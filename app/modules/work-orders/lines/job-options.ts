import type { Id } from "~/kernel/ids";
import { type Decided, decidedOf, isDeferral, type LineDecision } from "./line-decision";

export type JobOption = { id: Id<"option">; name: string };

/**
 * Ways to do a job, such as good, better and best: each is a set of its lines, and lines that name none are in all of
 * them. Only one counts: the approved one, before that the preselected.
 */
export type JobOptions = { list: readonly JobOption[]; preselected: Id<"option"> };

type Line = { id: string; option?: Id<"option"> };
export type Optioned<L extends Line = Line> = { options?: JobOptions; lines: readonly L[] };

/** The option that counts, and whether that is decided. */
export type Choice = { counts: Id<"option">; isMade: boolean };
/** A line of another option than the one that counts is an alternative until the choice is made, and unchosen then. */
export type Standing = "counts" | "alternative" | "unchosen";

/** Which of a job's options counts; null where it has none. Where none was approved, it is the one that was declined, withdrawn or not answered. */
export function choiceOf({ options, lines }: Optioned, decisions: readonly LineDecision[]): Choice | null {
  if (!options) return null;
  const decided = lines.flatMap(({ id, option }) => {
    const its = decisions.filter(({ lineId }) => lineId === id);
    return option && its.length > 0 ? [{ option, state: decidedOf(its).state }] : [];
  });
  const made = (decided.find(({ state }) => state === "authorized") ?? decided.find(({ state }) => isDeferral(state)))?.option;
  const living = livingOptions({ options, lines });
  const preselected = living.find(({ id }) => id === options.preselected) ?? living[0];
  return { counts: made ?? preselected?.id ?? options.preselected, isMade: made !== undefined || decided.some(({ state }) => state === "unchosen") };
}

/** What a line is by the choice of its job. One that was approved or declined by itself counts. */
export function standingIn(choice: Choice | null, { option }: Omit<Line, "id">, { state }: Pick<Decided, "state">): Standing {
  if (state === "unchosen") return "unchosen";
  if (!choice || !option || option === choice.counts || state !== "none") return "counts";
  return choice.isMade ? "unchosen" : "alternative";
}

/** The lines that an option comes with: its own, and those that are in all of them. */
export const linesWith = <L extends { option?: Id<"option"> }>(lines: readonly L[], option: Id<"option"> | null): L[] =>
  lines.filter((line) => line.option === undefined || line.option === option);

/** Options in words, such as "Options: Good, Better (preselected)". */
export const formatOptions = (options: JobOptions | undefined): string =>
  options ? `Options: ${options.list.map(({ id, name }) => (id === options.preselected ? `${name} (preselected)` : name)).join(", ")}` : "Options removed";

/** The options that have lines of their own. */
export const livingOptions = ({ options, lines }: Optioned): JobOption[] => (options?.list ?? []).filter(({ id }) => lines.some(({ option }) => option === id));
