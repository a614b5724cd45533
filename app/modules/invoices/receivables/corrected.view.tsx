import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { useFormat } from "~/ui/format";
import { TimelineItem } from "~/ui/page";
import { movementLabel } from "../invoice.view";
import type { AccountRow } from "./fold-corrected";
import type { LedgerEntry } from "./ledger";

type Entry = Parameters<typeof movementLabel>[0] & Pick<LedgerEntry, "id" | "corrects"> & { at: UtcMs; actor: { name: string } };

/** A payment or refund that was a mistake: in one line, with its entries to open. `invoiceOf` names the invoice of an entry. */
export function CorrectedItem<E extends Entry>({ row: { mistake, entries }, invoiceOf }: { row: AccountRow<E>; invoiceOf?: (entry: E) => string }) {
  const { money } = useFormat();
  const [newest] = entries;
  const wrong = entries.find(({ id }) => id === mistake) ?? newest;
  const correction = entries.find(({ corrects }) => corrects === mistake);
  if (!newest || !wrong) return null;
  return (
    <TimelineItem title={`Corrected: ${movementLabel(wrong, money).title}`} tone="slate" who={newest.actor.name} at={<Moment at={newest.at} />}>
      {correction?.why && <p>{correction.why}</p>}
      <Disclosure title={entries.length === 1 ? "Show the entry" : `Show its ${entries.length} entries`} style="link">
        <ul className="grid gap-1">
          {entries.map((entry) => (
            <li key={entry.id} className="flex flex-wrap justify-between gap-x-4">
              <span>{movementLabel(entry, money, invoiceOf?.(entry)).title}</span>
              <span className="text-ink-soft">
                <Moment at={entry.at} />
              </span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </TimelineItem>
  );
}
