import type { Answer, Choice } from "./estimate";
import type { Shown } from "./shown";

export const answerKinds = ["approve", "decline", "ask", "lines"] as const;
export type AnswerKind = (typeof answerKinds)[number];

type Typed = { choice: AnswerKind; note: string; purchaseOrder: string } & Readonly<Record<string, unknown>>;

/** What a form says about an estimate: the whole, or each line; a group that is all or nothing is answered once. */
export function readAnswer(typed: Typed, { groups }: Pick<Shown, "groups">): Answer {
  const { choice: kind, note, purchaseOrder } = typed;
  return { choice: kind === "lines" ? byLines() : { kind }, note, purchaseOrder };

  function byLines(): Choice {
    const said = (id: string) => typed[`answer-${id}`];
    const lines = groups.flatMap((group) => group.lines.map(({ id }) => ({ id, said: said(group.together ? group.id : id) })));
    const those = (wanted: string) => lines.filter((line) => line.said === wanted).map(({ id }) => id);
    return { kind: "lines", approved: those("approve"), declined: those("decline") };
  }
}
