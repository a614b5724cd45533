import { Link, useLoaderData } from "react-router";
import { toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { dayOf } from "~/kernel/time";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { movementLabel } from "~/modules/invoices/invoice.view";
import { CorrectedItem } from "~/modules/invoices/receivables/corrected.view";
import { EntryCommands, UndoReversal } from "~/modules/invoices/receivables/entry-forms.view";
import { foldCorrected } from "~/modules/invoices/receivables/fold-corrected";
import { SquareRefund } from "~/modules/payments/refunds/square-refund.view";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { Section, Timeline, TimelineItem } from "~/ui/page";
import { Pager } from "~/ui/pager";
import type { PageData } from "./data.server";

type Entry = PageData["entries"][number];

/** The account newest first: its entries, each with what can still be done about it, and each mistake as one row. */
export function AccountActivity() {
  const { entries, next, first } = useLoaderData<PageData>();
  return (
    <Section title="Activity">
      {entries.length === 0 ? (
        <p className="text-ink-soft">No payments, credits or refunds yet.</p>
      ) : (
        <Timeline label="Activity">
          {foldCorrected(entries).map((row) => {
            const [entry] = row.entries;
            return row.mistake === null && entry ? (
              <EntryItem key={row.key} entry={entry} />
            ) : (
              <CorrectedItem key={row.key} row={row} invoiceOf={({ number }) => invoiceNumber(number)} />
            );
          })}
        </Timeline>
      )}
      {(next || !first) && (
        <Pager label="Pages of the account" previous={first ? undefined : "?"} next={next ? `?before=${next.version}-${next.position}` : undefined} />
      )}
    </Section>
  );
}

function EntryItem({ entry }: { entry: Entry }) {
  const { entries, summary, mayRecord, refundables, whyNoRefund } = useLoaderData<PageData>();
  const { money, shortDay, zone } = useFormat();
  const { title, tone } = movementLabel(entry, money, invoiceNumber(entry.number));
  const its = summary[entry.sourceId];
  const refundable = refundables[entry.id];
  const isSource = entry.id === entry.sourceId;
  // An entry can be reversed more than once: only the latest reversal can be undone.
  const isReversal = entries.find(({ kind, sourceId }) => kind === "reversal" && sourceId === entry.sourceId)?.id === entry.id;
  return (
    <TimelineItem
      title={
        entry.number !== null && entry.invoiceId ? (
          <Link to={paths.staff.invoice(entry.invoiceId)} className="inline-flex min-h-[24px] items-center underline-offset-2 hover:underline">
            {title}
          </Link>
        ) : (
          title
        )
      }
      tone={tone}
      who={entry.actor.name}
      at={<Moment at={entry.at} />}
    >
      {entry.method && entry.day !== dayOf(entry.at, zone) && <p>Dated {shortDay(entry.day)}</p>}
      {entry.why && <p>{entry.why}</p>}
      {mayRecord && refundable && <SquareRefund key={`square ${refundable.most}`} its={refundable} fresh={refundable.fresh} whyNot={whyNoRefund} />}
      {mayRecord && its && (
        <EntryCommands
          key={`${its.worth} ${refundable?.byHand}`}
          entry={entry}
          fresh={entry.fresh}
          refundable={refundable ? refundable.byHand : isSource && entry.kind === "payment" && its.isLiving ? its.worth : toCents(0)}
          mayCorrect={its.isLiving && (entry.kind === "refund" || (isSource && entry.kind === "payment" && its.mayReverse))}
          mayReverse={isSource && its.mayReverse}
        />
      )}
      {mayRecord && isReversal && its?.mayReinstate && <UndoReversal source={entry.sourceId} />}
    </TimelineItem>
  );
}
