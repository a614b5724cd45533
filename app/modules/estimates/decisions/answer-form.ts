import * as z from "zod";
import { parseMoney } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import type { Answer, AnswerChoice } from "../command";
import type { EstimateSnapshot } from "../estimate-snapshot";

export const answerKinds = ["approve", "decline", "ask", "lines"] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** A drawn signature is lines between whole points of its own small sheet, and nothing else. */
const DRAWN = /^M\d{1,3} \d{1,3}(?: ?[ML]\d{1,3} \d{1,3})*$/;

/** What an answer's form holds besides the choices by line, whoever fills it in. */
export const answerFields = {
  choice: z.enum(answerKinds, "Choose what is answered."),
  signed: z.string().trim().min(1, "Type the name of who answers: it signs the answer.").max(100, "Keep it under 100 letters."),
  drawn: z
    .string()
    .max(12_000, "The signature is too long. Draw it again.")
    .regex(DRAWN, "The signature cannot be read. Draw it again.")
    .or(z.literal(""))
    .default(""),
  purchaseOrder: z.string().trim().max(40, "Keep it under 40 signs."),
  notToExceed: z
    .string()
    .trim()
    .default("")
    .refine((text) => text === "" || (parseMoney(text) ?? 0) > 0, "Write an amount such as 1,200.00, or leave it empty."),
  note: z.string().trim().max(2_000, "Keep it under 2,000 letters."),
};

type Typed = { choice: AnswerKind; note: string; purchaseOrder: string; notToExceed: string; drawn: string } & Readonly<Record<string, unknown>>;

const AGAINST = {
  approve: "You declined some lines. Press Send answer to send what you chose line by line, or choose Approve for all of them.",
  decline: "You approved some lines. Press Send answer to send what you chose line by line, or choose Decline for all of them.",
};

/**
 * What a form says about an estimate: the whole, or each line; a group that is all or nothing is answered once. A word
 * for the whole against what was chosen for a line is asked about: nobody approves what they had just declined.
 */
export function readAnswer(typed: Typed, { groups }: Pick<EstimateSnapshot, "groups">): Result<Answer, string> {
  const { choice: kind, note, purchaseOrder, notToExceed, drawn } = typed;
  const other = kind === "approve" ? "decline" : kind === "decline" ? "approve" : null;
  if (other && Object.entries(typed).some(([name, value]) => name.startsWith("answer-") && value === other))
    return err(AGAINST[other === "decline" ? "approve" : "decline"]);
  return ok({
    choice: kind === "lines" ? byLines() : { kind },
    note,
    purchaseOrder,
    notToExceed: notToExceed === "" ? null : parseMoney(notToExceed),
    drawn: drawn || null,
  });

  function byLines(): AnswerChoice {
    const answerOf = (id: string) => typed[`answer-${id}`];
    const lines = groups.flatMap((group) => group.lines.map(({ id }) => ({ id, answer: answerOf(group.together ? group.id : id) })));
    const those = (wanted: string) => lines.filter((line) => line.answer === wanted).map(({ id }) => id);
    return { kind: "lines", approved: those("approve"), declined: those("decline") };
  }
}
