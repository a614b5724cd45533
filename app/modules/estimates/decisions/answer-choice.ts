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

/** Whether a job is answered whole: its lines go together, or the customer chooses between its options. */
export const isWhole = ({ together, options }: Pick<SnapshotGroup, "together" | "options">): boolean => together || options !== undefined;

/** The answer to each line that has one of its own or its job's, as typed. A core has its part's. */
export const answersIn = (typed: Readonly<Record<string, unknown>>, groups: readonly SnapshotGroup[]): { id: string; answer: unknown }[] =>
  groups.flatMap((group) => {
    const whole = typed[choiceField(group.id)];
    const asked = countedOf(group, whole === "decline" ? {} : picksIn(typed)).filter((line) => !partOf(line, group.lines));
    return asked.map(({ id }) => ({ id, answer: isWhole(group) ? whole : typed[choiceField(id)] }));
  });
