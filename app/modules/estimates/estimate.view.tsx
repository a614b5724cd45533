import { Check, MessageSquare, Send, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form } from "react-router";
import { type Cents, sumCents } from "~/kernel/money";
import { UnitFactLine } from "~/modules/assets/unit-facts.view";
import { suppliesLabel } from "~/modules/organizations/shop-rules/charges";
import { formatDiscount, lineKindLabels } from "~/modules/work-orders/jobs/job";
import { formatQuantity } from "~/modules/work-orders/jobs/job-form";
import { SafetyMark } from "~/modules/work-orders/lines/safety-mark.view";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { SignaturePad } from "~/ui/signature-pad";
import { TextArea } from "~/ui/text-area";
import { agreedBefore, type EstimateSnapshot, type SnapshotGroup, type SnapshotLine, splitOf } from "./estimate-snapshot";
import type { Decision } from "./revision";

export { stateTones } from "./state.view";

type SheetProps = {
  snapshot: EstimateSnapshot;
  /** Which lines were approved, once decided. */
  decision?: Pick<Decision, "outcome" | "approved"> | null;
  /** The choice for a line, or for an all-or-nothing group. */
  choiceOf?(group: SnapshotGroup, line: SnapshotLine | null): ReactNode;
  /** Addresses of a photo and of its thumbnail. */
  photoAt(photoId: string): { full: string; small: string };
  /** The messages about a line. */
  threadOf?(line: SnapshotLine): ReactNode;
};

/** An estimate as the customer sees it; the shop's preview uses it too. */
export function EstimateSheet({ snapshot, decision, choiceOf, photoAt, threadOf }: SheetProps) {
  const { money } = useFormat();
  const approved = new Set<string>(decision?.approved ?? []);
  const isSplit = decision?.outcome === "partially-approved";
  const { charges } = snapshot;
  const before = agreedBefore(snapshot);
  const isSupplement = snapshot.agreed.length > 0;
  const sums: [string, Cents][] = [
    ["Labor", charges.labor],
    ["Parts", charges.parts],
    ["Fees", charges.fees],
    ["Outside work", charges.outside],
    [suppliesLabel([snapshot.rules.supplies], money), charges.supplies],
    [snapshot.taxExempt ? "Tax (exempt)" : "Tax", charges.tax],
  ];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <UnitFactLine unit={snapshot.unitFacts} when="" />
      {snapshot.note && <p className="max-w-prose whitespace-pre-line">{snapshot.note}</p>}
      {snapshot.groups.map((group, at) => (
        <section key={group.id} aria-labelledby={`group-${group.id}`} className="grid gap-2 border-t-2 border-ink pt-2">
          <h3 id={`group-${group.id}`} className="text-lead whitespace-pre-line">
            <span className="text-ink-soft">{at + 1}.</span> {group.complaint}
          </h3>
          {group.recommendation && (
            <p className="max-w-prose whitespace-pre-line">
              <span className="text-ink-soft">We recommend: </span>
              {group.recommendation}
            </p>
          )}
          {group.together && <p className="text-small text-ink-soft">All or nothing: these lines are approved together.</p>}
          <ul aria-label={`Lines of ${group.complaint}`} className="divide-y divide-line border-y border-line">
            {group.lines.map((line) => (
              <li key={line.id} className="grid gap-1 py-2">
                <div className="flex items-baseline justify-between gap-4">
                  <span className="min-w-0">
                    {line.text}
                    <SafetyMark of={line} />
                    <span className="block text-small text-ink-soft">
                      {[
                        lineKindLabels[line.kind],
                        `${formatQuantity(line)} at ${money(line.each)}`,
                        formatDiscount(line),
                        line.approvedBefore !== undefined && `${money(line.approvedBefore)} approved before`,
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                      {line.partNumber && (
                        <>
                          {" · "}
                          <span className="font-mono">{line.partNumber}</span>
                        </>
                      )}
                    </span>
                  </span>
                  <span className="grid shrink-0 justify-items-end tabular-nums">
                    {money(line.price)}
                    {isSplit && <span className="text-small font-semibold text-ink-soft">{approved.has(line.id) ? "Approved" : "Declined"}</span>}
                  </span>
                </div>
                {line.photos.length > 0 && <LinePhotos photos={line.photos} photoAt={photoAt} />}
                {!group.together && choiceOf?.(group, line)}
                {threadOf?.(line)}
              </li>
            ))}
          </ul>
          {group.together && choiceOf?.(group, null)}
        </section>
      ))}
      <table className="w-full max-w-96 justify-self-end">
        <caption className="sr-only">Totals</caption>
        <tbody>
          {sums
            .filter(([, amount]) => amount !== 0)
            .map(([label, amount]) => (
              <tr key={label}>
                <th scope="row" className="py-1 text-left font-normal">
                  {label}
                </th>
                <td className="py-1 text-right tabular-nums">{money(amount)}</td>
              </tr>
            ))}
          <tr className="border-y-2 border-ink font-semibold">
            <th scope="row" className="py-1 text-left">
              {isSupplement ? "This adds" : "Total"}
            </th>
            <td className="py-1 text-right tabular-nums">{money(charges.total)}</td>
          </tr>
          {isSupplement && (
            <>
              <tr>
                <th scope="row" className="py-1 text-left font-normal">
                  Approved before
                </th>
                <td className="py-1 text-right tabular-nums">{money(before)}</td>
              </tr>
              <tr className="font-semibold">
                <th scope="row" className="py-1 text-left">
                  New total
                </th>
                <td className="py-1 text-right tabular-nums">{money(sumCents([before, charges.total]))}</td>
              </tr>
            </>
          )}
        </tbody>
      </table>
      {snapshot.deposit !== null && (
        <p className="justify-self-end text-right">
          A deposit of <strong className="tabular-nums">{money(snapshot.deposit)}</strong> is due before work begins.
        </p>
      )}
    </div>
  );
}

function LinePhotos({ photos, photoAt }: Pick<SheetProps, "photoAt"> & Pick<SnapshotLine, "photos">) {
  return (
    <ul aria-label="Photos" className="flex flex-wrap gap-2">
      {photos.map(({ id, name }) => {
        const { full, small } = photoAt(id);
        return (
          <li key={id}>
            {/* A file, not a page of the app, so a plain link instead of a client-side one. */}
            <a href={full} aria-label={`Open ${name}`} className="block overflow-hidden rounded-corner border border-line hover:border-control">
              <img src={small} alt={name} loading="lazy" className="h-24 w-32 object-cover" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}

type FormProps = Pick<SheetProps, "photoAt" | "threadOf"> & {
  snapshot: EstimateSnapshot;
  /** Values of a refused form, kept for correction. */
  typed: Readonly<Record<string, string>> | undefined;
  errors: Readonly<Record<string, string>> | undefined;
  signed: { label: string; value: string };
  /** Whether nothing is invoiced without the customer's PO number. */
  needsPurchaseOrder?: boolean;
  /** Why approving is disabled; declining and asking for changes still work. */
  blocked?: string | null;
  children?: ReactNode;
};

/** The field name of the answer to a line, or to an all-or-nothing group. */
const choiceField = (id: string): string => `answer-${id}`;

/** Approve, decline or ask for changes to the whole, or answer line by line. Works without JavaScript. */
export function AnswerForm({ snapshot, typed, errors, signed, needsPurchaseOrder, blocked, children, photoAt, threadOf }: FormProps) {
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>(typed ?? {});
  const { money } = useFormat();
  const lines = snapshot.groups.flatMap(({ id: groupId, together, lines: its }) =>
    its.map(({ id }) => ({ id, answer: answers[choiceField(together ? groupId : id)] })),
  );
  const approved = new Set<string>(lines.filter(({ answer }) => answer === "approve").map(({ id }) => id));
  const open = lines.filter(({ answer }) => !answer).length;
  const chose = (choice: string) => lines.some(({ answer }) => answer === choice);
  const byLine = "You chose line by line. Press Send answer.";
  const value = (name: string) => typed?.[name] ?? "";
  return (
    <Form
      method="post"
      noValidate
      className="grid gap-5"
      onChange={({ target }) => {
        if (target instanceof HTMLInputElement && target.type === "radio") setAnswers((all) => ({ ...all, [target.name]: target.value }));
      }}
    >
      {/* Enter in a field presses a form's first button. This disabled one keeps Enter from approving. */}
      <button type="submit" disabled hidden aria-hidden="true" tabIndex={-1} />
      <input type="hidden" name="intent" value="answer" />
      <input type="hidden" name="revision" value={snapshot.revision} />
      <div className="grid gap-2 sm:grid-cols-3">
        <SubmitButton name="choice" value="approve" icon={Check} pendingLabel="Approving" blocked={blocked ?? (chose("decline") ? byLine : null)} wide>
          Approve
        </SubmitButton>
        <SubmitButton name="choice" value="decline" kind="quiet" icon={X} pendingLabel="Declining" blocked={chose("approve") ? byLine : null} wide>
          Decline
        </SubmitButton>
        <SubmitButton name="choice" value="ask" kind="quiet" icon={MessageSquare} pendingLabel="Sending" wide>
          Ask for changes
        </SubmitButton>
      </div>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {children}
        <Field label={signed.label} name="signed" defaultValue={typed?.signed ?? signed.value} error={errors?.signed} autoComplete="name" />
        <Field
          label="Your PO number"
          name="purchaseOrder"
          hint={needsPurchaseOrder ? "Every invoice needs one" : "If you use one"}
          defaultValue={value("purchaseOrder")}
          error={errors?.purchaseOrder}
        />
        <TextArea
          label="Message to the shop"
          name="note"
          hint="What should change, or why you're declining"
          defaultValue={value("note")}
          error={errors?.note}
          className="sm:col-span-2"
        />
      </div>
      <Disclosure title="Set a limit, or draw your signature" style="link" open={Boolean(errors?.notToExceed ?? errors?.drawn ?? typed?.notToExceed)}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Not to exceed"
            name="notToExceed"
            figures
            hint="The most you agree to pay if more work is needed. The shop asks you before going over it."
            defaultValue={value("notToExceed")}
            error={errors?.notToExceed}
          />
          <SignaturePad label="Drawn signature" name="drawn" hint="Use a finger, pen or mouse. Your typed name also counts as your signature." />
        </div>
      </Disclosure>
      <EstimateSheet
        snapshot={snapshot}
        photoAt={photoAt}
        threadOf={threadOf}
        choiceOf={(group, line) => (
          <ChoiceField name={choiceField(line?.id ?? group.id)} of={line?.text ?? group.complaint} chosen={answers[choiceField(line?.id ?? group.id)]} />
        )}
      />
      <div className="grid gap-2 justify-self-end sm:text-right">
        {approved.size > 0 && (
          <p role="status">
            You're approving <strong className="tabular-nums">{money(splitOf(snapshot, approved).approved)}</strong> of {money(snapshot.charges.total)}
            {open > 0 && `; ${open} ${open === 1 ? "line is" : "lines are"} still open`}
          </p>
        )}
        <SubmitButton name="choice" value="lines" icon={Send} pendingLabel="Sending" kind={open < lines.length ? "primary" : "quiet"}>
          Send answer
        </SubmitButton>
        <p className="text-small text-ink-soft">Sends your choices line by line.</p>
      </div>
    </Form>
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
