import type { Id } from "~/kernel/ids";

type Line = { id: Id<"line">; option?: Id<"option">; ofLine?: Id<"line"> };

/** The part that a core follows; null for any other line, and where the part is not among these lines. */
export const partOf = <L extends Line>({ ofLine }: Pick<Line, "ofLine">, lines: readonly L[]): L | null => lines.find(({ id }) => id === ofLine) ?? null;

/** These lines with the cores of their parts. */
export const withCores = (lines: readonly Line[], ids: readonly string[]): Id<"line">[] =>
  lines.filter(({ id, ofLine }) => ids.includes(id) || (ofLine !== undefined && ids.includes(ofLine))).map(({ id }) => id);

/** Lines as a job has them: a core goes with its part, and is in the same option. */
export const followingParts = <L extends Line>(lines: readonly L[]): L[] =>
  lines.flatMap((line) => {
    if (!line.ofLine) return [line];
    const part = partOf(line, lines);
    if (!part) return [];
    const { option: _, ...core } = line;
    return [{ ...core, ...(part.option ? { option: part.option } : {}) } as L]; // a line of the same type, in the part's option
  });
