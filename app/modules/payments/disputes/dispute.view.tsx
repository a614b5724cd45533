import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { type Dispute, disputeLabels, isOpen, reasonLabel } from "./dispute";

/** The action of a page that has this command. */
type DisputeAction = { commands: Record<"send-evidence", unknown> };

export type ShownDispute = Pick<Dispute, "id" | "state" | "amount" | "reason" | "evidence" | "problem"> & {
  /** The last day on which evidence is taken, in the shop's zone. */
  dueDay: string | null;
  /** True, or why no evidence can be sent. */
  maySend: true | string;
};

/** Disputes that the bank has not decided yet, each with what can be done about it. */
export function OpenDisputes({ disputes, mayAnswer }: { disputes: readonly ShownDispute[]; mayAnswer: boolean }) {
  const { money, shortDay } = useFormat();
  return disputes
    .filter(({ state }) => isOpen(state))
    .map((dispute) => (
      <Notice
        key={dispute.id}
        tone={disputeLabels[dispute.state].tone === "red" ? "red" : "amber"}
        title={`The customer's bank disputes ${money(dispute.amount)}: ${disputeLabels[dispute.state].label.toLowerCase()}${dispute.dueDay && dispute.maySend === true ? ` by ${shortDay(dispute.dueDay)}` : ""}.`}
      >
        <div className="grid gap-2">
          <p>
            Reason: {reasonLabel(dispute.reason)}. {evidenceProblem(dispute)}
            {dispute.maySend === true
              ? "The evidence is the customer's approval with its hash and signature, what was done, and the invoice's PDF. It can be sent once."
              : dispute.maySend}
          </p>
          {dispute.maySend === true && mayAnswer && (
            <CommandForm<DisputeAction> intent="send-evidence" row={{ dispute: dispute.id }}>
              <SubmitButton pendingLabel="Sending">Attach evidence and submit</SubmitButton>
            </CommandForm>
          )}
        </div>
      </Notice>
    ));
}

function evidenceProblem({ evidence, problem, maySend }: ShownDispute): string {
  if (!problem) return "";
  if (evidence === "failed") return `The evidence was not taken: ${problem} `;
  return evidence === "unknown" && maySend === true ? `Nobody knows whether the evidence was sent: ${problem} Look in Square's dashboard first. ` : "";
}
