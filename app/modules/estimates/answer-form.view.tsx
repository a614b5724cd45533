import { Check, MessageSquare, Send, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { partOf, withCores } from "~/modules/work-orders/lines/core-lines";
import { Button } from "~/ui/button";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Dialog } from "~/ui/dialog";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { SignaturePad } from "~/ui/signature-pad";
import { TextArea } from "~/ui/text-area";
import { answersIn, choiceField, isBound, picksIn, splitField } from "./decisions/answer-choice";
import { EstimateSheet, type SheetProps } from "./estimate-sheet.view";
import { type EstimateSnapshot, linesIn, type SnapshotGroup, splitOf, totalWith } from "./estimate-snapshot";
import { WhatFor } from "./what-for.view";

type FormProps = Pick<SheetProps, "photoAt" | "threadOf"> & {
  snapshot: EstimateSnapshot;
  signed: { label: string; value: string };
  /** Whether nothing is invoiced without the customer's PO number. */
  needsPurchaseOrder?: boolean;
  /** Why approving is disabled; declining and asking for changes still work. */
  blocked?: string | null;
  /**
   * For the customer, who first sees what it is for, and approves with a second press. Staff record what was said, and may
   * split jobs that were offered all or nothing.
   */
  asks?: boolean;
  children?: ReactNode;
};

/** Approve, decline or ask for changes to the whole, or answer line by line. Works without JavaScript. */
export function AnswerForm({ snapshot, signed, needsPurchaseOrder, blocked, asks = false, children, photoAt, threadOf }: FormProps) {
  const refused = useRefusedForm()("answer");
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>(refused?.typed ?? {});
  const { money } = useFormat();
  const [isAsking, setAsking] = useState(false);
  const picks = picksIn(answers);
  const lines = answersIn(answers, snapshot.groups);
  const yes = lines.filter(({ answer }) => answer === "approve").map(({ id }) => id);
  const approved = new Set<string>(withCores(linesIn(snapshot), yes));
  const open = lines.filter(({ answer }) => !answer).length;
  const chose = (choice: string) => lines.some(({ answer }) => answer === choice);
  const byLine = "You chose line by line. Press Send answer.";
  const chosen = snapshot.groups.flatMap(({ id, options }) => options?.list.find((option) => option.id === (picks[id] ?? options.preselected))?.name ?? []);
  const total = totalWith(snapshot, picks);
  return (
    <CommandForm
      intent="answer"
      className="grid grid-cols-[minmax(0,1fr)] gap-5"
      onSubmit={() => setAsking(false)}
      onChange={({ target }) => {
        if (!(target instanceof HTMLInputElement)) return;
        if (target.type === "radio") setAnswers((all) => ({ ...all, [target.name]: target.value }));
        if (target.type === "checkbox") setAnswers((all) => ({ ...all, [target.name]: target.checked ? target.value : "" }));
      }}
    >
      {/* Enter in a field presses a form's first button. This disabled one keeps Enter from approving. */}
      <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />
      <input type="hidden" name="revision" value={snapshot.revision} />
      {chosen.length > 0 && (
        <p role="status" className="text-lead">
          With {chosen.map((name) => `"${name}"`).join(", ")}: <strong className="tabular-nums">{money(total)}</strong>. You can choose another option below.
        </p>
      )}
      {asks && <WhatFor snapshot={snapshot} photoAt={photoAt} />}
      <div className="grid gap-2 sm:grid-cols-3">
        <SubmitButton
          name="choice"
          value="approve"
          icon={Check}
          pendingLabel="Approving"
          blocked={blocked ?? (chose("decline") ? byLine : null)}
          wide
          onClick={(event) => {
            if (asks) event.preventDefault();
            setAsking(asks);
          }}
        >
          Approve
        </SubmitButton>
        <SubmitButton name="choice" value="decline" kind="quiet" icon={X} pendingLabel="Declining" blocked={chose("approve") ? byLine : null} wide>
          Decline
        </SubmitButton>
        <SubmitButton name="choice" value="ask" kind="quiet" icon={MessageSquare} pendingLabel="Sending" wide>
          Ask for changes
        </SubmitButton>
      </div>
      {/* A thumb on a phone approves nothing by mistake. Without scripts the button above sends at once. */}
      <Dialog title={`Approve ${money(total)}?`} open={isAsking} onClose={() => setAsking(false)}>
        <p>{snapshot.title}</p>
        <div className="flex flex-wrap gap-2">
          <SubmitButton name="choice" value="approve" icon={Check} pendingLabel="Approving">
            Yes, approve
          </SubmitButton>
          <Button onClick={() => setAsking(false)}>Not yet</Button>
        </div>
      </Dialog>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {children}
        <Field label={signed.label} name="signed" defaultValue={signed.value} autoComplete="name" />
        <Field label="Your PO number" name="purchaseOrder" hint={needsPurchaseOrder ? "Every invoice needs one" : "If you use one"} />
        <TextArea label="Message to the shop" name="note" hint="What should change, or why you're declining" className="sm:col-span-2" />
      </div>
      <Disclosure
        title="Set a limit, or draw your signature"
        style="link"
        open={Boolean(refused?.fields.notToExceed ?? refused?.fields.drawn ?? refused?.typed.notToExceed)}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Not to exceed"
            name="notToExceed"
            figures
            hint="The most you agree to pay if more work is needed. The shop asks you before going over it."
          />
          <SignaturePad label="Drawn signature" name="drawn" hint="Use a finger, pen or mouse. Your typed name also counts as your signature." />
        </div>
      </Disclosure>
      <EstimateSheet
        snapshot={snapshot}
        picks={picks}
        photoAt={photoAt}
        threadOf={threadOf}
        choiceOf={(group, line) => (
          <>
            {(line !== null || answers[splitField(group.id)] !== "on") && (
              <ChoiceField name={choiceField(line?.id ?? group.id)} of={line?.text ?? group.complaint} chosen={answers[choiceField(line?.id ?? group.id)]} />
            )}
            {!asks && line === null && isBound(group) && <SplitChoice group={group} answers={answers} />}
          </>
        )}
      />
      <div className="grid gap-2 justify-self-end sm:text-right">
        {approved.size > 0 && (
          <p role="status">
            You're approving <strong className="tabular-nums">{money(splitOf(snapshot, approved).approved)}</strong> of {money(total)}
            {open > 0 && `; ${open} ${open === 1 ? "line is" : "lines are"} still open`}
          </p>
        )}
        <SubmitButton name="choice" value="lines" icon={Send} pendingLabel="Sending" kind={open < lines.length ? "primary" : "quiet"}>
          Send answer
        </SubmitButton>
        <p className="text-small text-ink-soft">Sends your choices line by line.</p>
      </div>
    </CommandForm>
  );
}

/** An answer for each line of a job that was offered all or nothing, and that the customer wants it so. */
function SplitChoice({ group, answers }: { group: SnapshotGroup; answers: Readonly<Record<string, string>> }) {
  const name = splitField(group.id);
  return (
    <Disclosure title="Split this job" about={`"${group.complaint}"`} style="link" open={answers[name] === "on"}>
      <label className="flex min-h-(--target) items-center gap-2.5">
        <input type="checkbox" name={name} value="on" className="size-5 shrink-0" defaultChecked={answers[name] === "on"} />
        The customer splits this job, though it was offered all or nothing
      </label>
      <ul className="divide-y divide-line border-y border-line">
        {group.lines
          .filter((line) => !partOf(line, group.lines))
          .map((line) => (
            <li key={line.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              {line.text}
              <ChoiceField name={choiceField(line.id)} of={line.text} chosen={answers[choiceField(line.id)]} />
            </li>
          ))}
      </ul>
    </Disclosure>
  );
}

function ChoiceField({ name, of, chosen }: { name: string; of: string; chosen: string | undefined }) {
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{of}</legend>
      {(["approve", "decline"] as const).map((value) => (
        <label
          key={value}
          className="flex min-h-(--target) cursor-pointer items-center gap-2 rounded-corner border border-control px-3 has-checked:border-accent has-checked:bg-accent-soft has-checked:font-semibold"
        >
          <input type="radio" name={name} value={value} defaultChecked={chosen === value} className="size-4" />
          {value === "approve" ? "Approve" : "Decline"}
        </label>
      ))}
    </fieldset>
  );
}
