import type { ReactNode } from "react";
import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { DataList, DataRow } from "~/ui/list";
import { Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";

/** One thing that waits, and the page where it is done. */
export type Waiting = {
  id: string;
  to: string;
  title: string;
  detail: string;
  unitNumber?: string;
  /** A state or a sum at the row's end. */
  mark?: ReactNode;
  /** Since when it waits, or by when it is due. */
  at: UtcMs | null;
  /** How many there are; null for more than are shown, of which nobody counts the rest. */
  total: number | null;
};

type Props = { title: string; rows: readonly Waiting[] /** The list with all of them. */; all: string };

/** Nothing is shown of a kind of which nothing waits. */
export function WaitingList({ title, rows, all }: Props) {
  const [first] = rows;
  if (!first) return null;
  const { total } = first;
  return (
    <Section
      title={title}
      count={total ?? undefined}
      action={
        (total === null || total > rows.length) && (
          <TextLink to={all}>
            Show all<span className="sr-only">: {title}</span>
          </TextLink>
        )
      }
    >
      <DataList label={title}>
        {rows.map(({ id, to, title: what, detail, unitNumber, mark, at }) => (
          <DataRow
            key={id}
            to={to}
            lead={unitNumber && <UnitPlate number={unitNumber} />}
            title={what}
            detail={detail}
            end={
              <span className="grid justify-items-end gap-0.5">
                {mark}
                {at !== null && (
                  <span className="text-small whitespace-nowrap text-ink-soft">
                    <Moment at={at} />
                  </span>
                )}
              </span>
            }
          />
        ))}
      </DataList>
    </Section>
  );
}
