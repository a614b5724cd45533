import { useLoaderData } from "react-router";
import { dayOf } from "~/kernel/time";
import { movementLabel } from "~/modules/invoices/invoice.view";
import { EntryCommands, UndoReversal } from "~/modules/invoices/receivables/entry-forms.view";
import { SquareRefund } from "~/modules/payments/square-refund.view";
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

/** Money and events in one timeline, newest first, each entry with what can still be done about it. */
export function InvoiceActivity() {
  const { entries, events, mayRecord } = useLoaderData<PageData>();
  const { money, shortDay, zone } = useFormat();
  const items = [
    ...entries.map((entry) => ({ key: entry.id as string, at: entry.at, who: entry.actor.name, entry, ...movementLabel(entry, money) })),
    ...events.map((event) => ({ ...event, entry: null })),
  ].sort((a, b) => b.at - a.at);
  return (
    <Section title="Activity">
      <Timeline label="Activity">
        {items.map(({ key, at, who, entry, title, tone }) => (
          <TimelineItem key={key} title={title} tone={tone} who={who} at={<Moment at={at} />}>
            {entry?.method && entry.day !== dayOf(entry.at, zone) && <p>Dated {shortDay(entry.day)}</p>}
            {entry?.why && <p>{entry.why}</p>}
            {mayRecord && entry && <OfEntry entry={entry} />}
          </TimelineItem>
        ))}
      </Timeline>
    </Section>
  );
}

function OfEntry({ entry }: { entry: Entry }) {
  const { refundables, whyNoRefund } = useLoaderData<PageData>();
  const refundable = refundables[entry.id];
  return (
    <>
      {entry.mayUnapply && <Unapply entry={entry} />}
      <EntryCommands {...entry} entry={entry} />
      {refundable && <SquareRefund key={refundable.most} its={refundable} fresh={refundable.fresh} whyNot={whyNoRefund} />}
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
