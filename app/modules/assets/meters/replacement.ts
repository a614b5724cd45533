import type { ReviewReason } from "./judge-reading";

/** Sources of the two readings that a replacement brings. They are changed with it: by undoing it. */
export const REPLACED = "old meter, when replaced";
export const INSTALLED = "new meter, when installed";
export const isOfReplacement = (source: string): boolean => source === REPLACED || source === INSTALLED;

/** What looks wrong about a replacement: what the old or the new meter shows, or how many counted readings don't fit afterwards. */
export type ReplacementDoubt = `old-${ReviewReason}` | "new-too-high" | `later-${number}`;

const ofOld: Record<ReviewReason, string> = {
  zero: "The old meter showed zero.",
  "too-high": "The old meter showed more than any real meter.",
  rollback: "The old meter showed less than its last reading.",
  jump: "The old meter showed more than it can have run since its last reading.",
};

/** What to ask about a doubt. */
export function doubtQuestion(doubt: ReplacementDoubt): string {
  const [about, rest] = [doubt.slice(0, doubt.indexOf("-")), doubt.slice(doubt.indexOf("-") + 1)];
  if (about === "old") return ofOld[rest as ReviewReason]; // the only other part that its type has
  if (about === "new") return "The new meter shows more than any real meter.";
  return rest === "1"
    ? "1 later reading won't fit the new meter and will need review."
    : `${rest} later readings won't fit the new meter and will need review.`;
}
