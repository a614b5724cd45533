/** A word that only people who read it here for years would understand, and what to write for it. docs/glossary.md has the words that are used. */
export type PrivateTerm = { pattern: RegExp; instead: string; where: "text" | "names" };

const text = (pattern: RegExp, instead: string): PrivateTerm => ({ pattern, instead, where: "text" });
const names = (pattern: RegExp, instead: string): PrivateTerm => ({ pattern, instead, where: "names" });

/** `text` is looked for in the whole file; `names` in identifiers, split into words ("looksOnly" is "looks only"), and in file names. */
export const privateTerms: readonly PrivateTerm[] = [
  text(/\bcircumstances?\b/i, "DecisionContext"),
  text(/\btold\b(?! apart)/i, "recipients, audience or description; in prose: notified, shown"),
  text(/\bstor(y|ies)\b/i, "activity; user story only in docs"),
  text(/\bhappenings?\b/i, "audit event"),
  text(/\bhear(s|ing|er|ers)\b/i, "notification preferences, recipients"),
  text(/(?<!font-)\bfaces?\b/i, "portal; of type: font, typeface"),
  text(/\bdoors?\b/i, "sign-in, sign-in page"),
  text(/\blookers?\b/i, "viewers, presence"),
  text(/\bpapers\b/i, "documents"),
  text(/\boutlets?\b(?! |\/>|,)/, "outbox dispatcher"),
  text(/\bweighed\b/i, "budgetImpact; considered"),
  text(/\bpatien(ce|t|tly)\b/i, "retry policy, throttle, timeout"),
  text(/\bstands?\b(?!-ins?\b)/i, "say what is true: is, applies, is valid, exists"),
  text(/\bsays\b/i, "shows, states, names, answers"),
  text(/\b(at home|the house|of the house|house's|floors|the ground)\b/i, "module, codebase, layer, foundation"),
  text(/\b\d+ (signs|letters)\b/i, "characters"),
  text(/\bnobody has it\b/i, "Unassigned"),
  text(/\bof it overdue\b/i, "Overdue"),
  text(/\bcheck what is marked\b/i, "Fix the highlighted fields."),
  text(/\bsomebody else changed this\b/i, "Someone else just changed this. Here is the latest version."),
  text(/\bsomebody else's eyes\b/i, "You're viewing as {name}. Changes are off."),
  text(/\blink is spent\b/i, "This link has been used or has expired"),
  text(/\bcalled off\b/i, "canceled"),
  text(/\bhow far it is\b/i, "Progress"),
  text(/\bwhat it came for\b/i, "Reason for visit"),
  text(/\bcancell(ed|ing)\b/i, "canceled, canceling (American spelling)"),
  names(/\bfaces?\b|\bdoors?\b|\bstory\b|\btold\b/, "portal, sign-in, activity, recipients"),
  names(/\btell\b/, "describe, notify"),
  names(/\blooks only\b/, "readOnly"),
  names(/\breaches to add\b/, "canAttachTo"),
  names(/\bin words\b|\bwords\b/, "label, message, format…"),
  names(/\bcarr(y|ies|ied)\b/, "sync…, or the effect's own verb"),
  names(/\bact on\b|\bacts\b/, "command"),
  names(
    /\btyped early\b|\bloaded later\b|\bwhole answer\b|\buse served\b|\buse answer\b/,
    "inputReplay, lazySection, bufferedFetch, useHydrated, useFormResult",
  ),
  names(/(?<!user )\bagents?\b/, "userAgent"),
];
