import { forwardRef, type HTMLAttributes, type ReactNode, useId } from "react";
import { StateGlyph, type Tone } from "./state-mark";

export type BoardStop = { id: string; title: string; count: number; tone: Tone };

/** On a phone, where one column fills the screen: links to all columns, with counts. */
export function BoardIndex({ stops }: { stops: readonly BoardStop[] }) {
  return (
    <nav aria-label="Columns" className="flex gap-1 overflow-x-auto px-(--gutter) pb-2 lg:hidden">
      {stops.map(({ id, title, count, tone }) => (
        <a key={id} href={`#${id}`} className="inline-flex min-h-(--target) shrink-0 items-center gap-1.5 rounded-corner border border-line bg-panel px-2">
          <StateGlyph tone={tone} />
          {title} <span className="text-ink-soft tabular-nums">{count}</span>
        </a>
      ))}
    </nav>
  );
}

/** Side by side from 1024 px; below that, a strip that snaps to one column at a time. */
export function BoardColumns({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 snap-x snap-mandatory items-stretch gap-3 overflow-x-auto scroll-px-(--gutter) px-(--gutter) pb-4 wrap-break-word lg:grid lg:auto-cols-fr lg:grid-flow-col lg:gap-0 lg:divide-x lg:divide-line lg:overflow-visible">
      {children}
    </div>
  );
}

type ColumnProps = HTMLAttributes<HTMLElement> & {
  title: string;
  tone: Tone;
  count: number;
  /** The column's age: "oldest 6 d". */
  note?: ReactNode;
  /** A card is being dragged over it. */
  over?: boolean;
};

export const BoardColumn = forwardRef<HTMLElement, ColumnProps>(function BoardColumn({ title, tone, count, note, over, children, className, ...rest }, ref) {
  const heading = useId();
  return (
    <section
      {...rest}
      ref={ref}
      aria-labelledby={heading}
      className={`flex w-[84vw] max-w-88 shrink-0 snap-start flex-col lg:w-auto lg:max-w-none lg:min-w-0 lg:px-2.5 lg:first:pl-0 lg:last:pr-0 ${over ? "bg-accent-soft" : ""} ${className ?? ""}`}
    >
      <div className="flex min-h-(--row) items-center gap-2 border-b-2 border-ink">
        <StateGlyph tone={tone} />
        <h2 id={heading} className="text-lead">
          {title}
        </h2>
        <span className="font-condensed text-lead font-semibold text-ink-soft tabular-nums">{count}</span>
        {note && <span className="ml-auto truncate text-small text-ink-soft">{note}</span>}
      </div>
      <div className="flex flex-col gap-2 py-2.5">{children}</div>
    </section>
  );
});

type CardProps = HTMLAttributes<HTMLElement> & {
  docket: ReactNode;
  plate?: ReactNode;
  customer: ReactNode;
  /** What the order is waiting for. */
  hold?: ReactNode;
  since?: ReactNode;
  who?: ReactNode;
  /** How late it is; a late card also has a red glyph and edge. */
  late?: string | null;
  /** "Move to", for people who don't drag. */
  move?: ReactNode;
  /** Who else has it open. */
  presence?: ReactNode;
  changed?: boolean;
};

export const BoardCard = forwardRef<HTMLElement, CardProps>(function BoardCard(
  { docket, plate, customer, hold, since, who, late, move, presence, changed, className, ...rest },
  ref,
) {
  return (
    <article
      {...rest}
      ref={ref}
      className={`relative grid gap-1.5 rounded-corner border bg-panel p-2.5 ${late ? "border-state-red" : "border-line"} ${changed ? "glow-once" : ""} ${className ?? ""}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-2 gap-y-1">
        {docket}
        {plate}
      </div>
      <p className="font-semibold">{customer}</p>
      {late && (
        <p className="flex items-center gap-1.5 font-semibold text-state-red">
          <StateGlyph tone="red" />
          {late}
        </p>
      )}
      {hold && <p>{hold}</p>}
      {(since || who) && (
        <p className="flex justify-between gap-2 text-small text-ink-soft">
          <span>{since}</span>
          <span className="truncate">{who}</span>
        </p>
      )}
      {presence}
      {move}
    </article>
  );
});
