import * as z from "zod";
import { parseMoney } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { Answer, AnswerChoice } from "../command";
import type { EstimateSnapshot } from "../estimate-snapshot";
import { answersIn, choiceField, isBound, picksIn, splitsIn } from "./answer-choice";

export const answerKinds = ["approve", "decline", "ask", "lines"] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** A drawn signature is SVG move and line commands between whole points; anything else is refused. */
const DRAWN = /^M\d{1,3} \d{1,3}(?: ?[ML]\d{1,3} \d{1,3})*$/;

/** Fields of an answer besides the choice per line, shared by the customer's form and the staff's. */
export const answerFields = {
  choice: z.enum(answerKinds, "Choose an answer."),
  signed: z.string().trim().min(1, "Type the name of the person answering. It counts as their signature.").max(100, "Use at most 100 characters."),
  drawn: z
    .string()
    .max(12_000, "The signature is too long. Draw it again.")
    .regex(DRAWN, "We couldn't read the signature. Draw it again.")
    .or(z.literal(""))
    .default(""),
  purchaseOrder: z.string().trim().max(40, "Use at most 40 characters."),
  notToExceed: z
    .string()
    .trim()
    .default("")
    .refine((text) => text === "" || (parseMoney(text) ?? 0) > 0, "Enter an amount such as 1,200.00, or leave it empty."),
  note: z.string().trim().max(2_000, "Use at most 2,000 characters."),
};

type Typed = { choice: AnswerKind; note: string; purchaseOrder: string; notToExceed: string; drawn: string } & Readonly<Record<string, unknown>>;

const AGAINST = {
  approve: "You declined some lines. Press Send answer to send your choices line by line, or choose Approve for every line.",
  decline: "You approved some lines. Press Send answer to send your choices line by line, or choose Decline for every line.",
};

/**
 * Reads an answer from its form: one for the whole estimate, or one per line (an all-or-nothing group counts as one
 * line, unless it is split). Refuses an answer for the whole that contradicts a choice already made for a line.
 */
export function readAnswer(typed: Typed, { groups }: Pick<EstimateSnapshot, "groups">): Result<Answer, string> {
  const { choice: kind, note, purchaseOrder, notToExceed, drawn } = typed;
  const other = kind === "approve" ? "decline" : kind === "decline" ? "approve" : null;
  if (other && Object.entries(typed).some(([name, value]) => name.startsWith("answer-") && value === other))
    return err(AGAINST[other === "decline" ? "approve" : "decline"]);
  const half = groups.find((group) => isBound(group) && splitsIn(typed, [group]).length === 0 && group.lines.some(({ id }) => typed[choiceField(id)]));
  if (kind === "lines" && half) return err(`Check "The customer splits this job" for "${half.complaint}", or answer it whole.`);
  return ok({
    choice: kind === "lines" ? byLines() : { kind },
    options: picksIn(typed),
    note,
    purchaseOrder,
    notToExceed: notToExceed === "" ? null : parseMoney(notToExceed),
    drawn: drawn || null,
  });

  function byLines(): AnswerChoice {
    const lines = answersIn(typed, groups);
    const those = (wanted: string) => lines.filter((line) => line.answer === wanted).map(({ id }) => id);
    return { kind: "lines", approved: those("approve"), declined: those("decline"), split: splitsIn(typed, groups) };
  }
}
