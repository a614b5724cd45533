import { type ReviewReason, reviewLabels } from "./judge-reading";

/** What looks wrong about a replacement: what the old or the new meter shows, or how many counted readings don't fit afterwards. */
export type ReplacementDoubt = `old-${ReviewReason}` | "new-too-high" | `later-${number}`;

/** What to ask about a doubt. */
export function doubtQuestion(doubt: ReplacementDoubt): string {
  const [about, rest = ""] = [doubt.slice(0, doubt.indexOf("-")), doubt.slice(doubt.indexOf("-") + 1)];
  if (about === "old") return `What the old meter showed ${reviewLabels[rest as ReviewReason]}.`; // the type's only other part
  if (about === "new") return `What the new meter shows ${reviewLabels["too-high"]}.`;
  return rest === "1"
    ? "1 later reading won't fit the new meter and will need review."
    : `${rest} later readings won't fit the new meter and will need review.`;
}
