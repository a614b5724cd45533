import { useLoaderData } from "react-router";
import { dayOf } from "~/kernel/time";
import { movementLabel } from "~/modules/invoices/invoice.view";
import { CorrectedItem } from "~/modules/invoices/receivables/corrected.view";
import { EntryCommands, UndoReversal } from "~/modules/invoices/receivables/entry-forms.view";
import { type AccountRow, foldCorrected } from "~/modules/invoices/receivables/fold-corrected";
import { SquareRefund } from "~/modules/payments/refunds/square-refund.view";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Section, Timeline, TimelineItem } from "~/ui/page";
import type { action } from "./commands.server";
import type { PageData } from "./data.server";

type Entry = PageData["entries"][number];

/** Money and events in one timeline, newest first, each entry with what can still be done about it, and each mistake as one row. */
export function InvoiceActivity() {
  const { entries, events } = useLoaderData<PageData>();
  const items = [
    ...foldCorrected(entries).map((row) => ({ key: row.key, at: row.entries[0]?.at ?? 0, item: <OfRow key={row.key} row={row} /> })),
    ...events.map(({ key, at, who, title, tone }) => ({
      key,
      at,
      item: <TimelineItem key={key} title={title} tone={tone} who={who} at={<Moment at={at} />} />,
    })),
  ].sort((a, b) => b.at - a.at);
  return (
    <Section title="Activity">
      <Timeline label="Activity">{items.map(({ item }) => item)}</Timeline>
    </Section>
  );
}

function OfRow({ row }: { row: AccountRow<Entry> }) {
  const { mayRecord } = useLoaderData<PageData>();
  const { money, shortDay, zone } = useFormat();
  const [entry] = row.entries;
  if (row.mistake !== null || !entry) return <CorrectedItem row={row} />;
  return (
    <TimelineItem {...movementLabel(entry, money)} who={entry.actor.name} at={<Moment at={entry.at} />}>
      {entry.method && entry.day !== dayOf(entry.at, zone) && <p>Dated {shortDay(entry.day)}</p>}
      {entry.why && <p>{entry.why}</p>}
      {mayRecord && <OfEntry entry={entry} />}
    </TimelineItem>
  );
}

function OfEntry({ entry }: { entry: Entry }) {
  const { refundables, whyNoRefund } = useLoaderData<PageData>();
  const refundable = refundables[entry.id];
  return (
    <>
      {entry.mayUnapply && <Unapply entry={entry} />}
      {refundable && <SquareRefund key={refundable.most} its={refundable} fresh={refundable.fresh} whyNot={whyNoRefund} />}
      <EntryCommands {...entry} entry={entry} />
      {entry.mayUndo && <UndoReversal source={entry.sourceId} />}
    </>
  );
}

function Unapply({ entry }: { entry: Entry }) {
  const row = { source: entry.sourceId };
  return (
    <Disclosure title="Unapply" style="link" open={useRefusedForm<typeof action>()("release", row) !== null}>
      <CommandForm<typeof action> intent="release" row={row} className="grid gap-3">
        <Field label="Reason" name="why" id={`release-${entry.id}-why`} hint="It becomes credit for another invoice or a refund" />
        <SubmitButton kind="quiet" pendingLabel="Unapplying">
          Unapply it from this invoice
        </SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
