import type { Id } from "~/kernel/ids";
import { partOf } from "~/modules/work-orders/lines/core-lines";
import { countedOf, type Picks, type SnapshotGroup } from "../estimate-snapshot";

/** The field of the answer to a line, or to a job that is answered whole. */
export const choiceField = (id: string): string => `answer-${id}`;
/** The field of the option of a job. */
export const pickField = (jobId: string): string => `option-${jobId}`;

/** The options that were picked, by job. */
export const picksIn = (typed: Readonly<Record<string, unknown>>): Picks =>
  Object.fromEntries(
    Object.entries(typed).flatMap(([name, picked]) =>
      name.startsWith(pickField("")) && typeof picked === "string" && picked !== "" ? [[name.slice(pickField("").length), picked]] : [],
    ),
  );

/** The field by which staff confirm that the customer splits a job that was offered all or nothing. */
export const splitField = (jobId: string): string => `split-${jobId}`;

/** Whether the lines of a job were offered all or nothing: more than one that is asked about, and no options. */
export const isBound = ({ together, options, lines }: Pick<SnapshotGroup, "together" | "options" | "lines">): boolean =>
  together && options === undefined && lines.filter((line) => !partOf(line, lines)).length > 1;

/** Whether a job is answered whole: its lines go together, or the customer chooses between its options. */
export const isWhole = ({ together, options }: Pick<SnapshotGroup, "together" | "options">): boolean => together || options !== undefined;

/** The jobs that are split, as typed. */
export const splitsIn = (typed: Readonly<Record<string, unknown>>, groups: readonly SnapshotGroup[]): Id<"job">[] =>
  groups.filter((group) => isBound(group) && typed[splitField(group.id)] === "on").map(({ id }) => id);

/** The answer to each line that has one of its own or its job's, as typed. A core has its part's; a split job's have their own. */
export const answersIn = (typed: Readonly<Record<string, unknown>>, groups: readonly SnapshotGroup[]): { id: string; answer: unknown }[] =>
  groups.flatMap((group) => {
    const isSplit = splitsIn(typed, [group]).length > 0;
    const whole = typed[choiceField(group.id)];
    const asked = countedOf(group, whole === "decline" ? {} : picksIn(typed)).filter((line) => !partOf(line, group.lines));
    return asked.map(({ id }) => ({ id, answer: isWhole(group) && !isSplit ? whole : typed[choiceField(id)] }));
  });
