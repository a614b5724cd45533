import type { ReactNode } from "react";
import { StateGlyph, type Tone } from "./state-mark";

/** The gutter of an ordinary page; a map or board does without it and reaches the edges. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-6 px-(--gutter) pb-10">{children}</div>;
}

type HeaderProps = {
  title: ReactNode;
  /** Plate or docket before the title. */
  mark?: ReactNode;
  /** The state, such as "Waiting for Northline since Tuesday". */
  state?: ReactNode;
  /** The next actions. */
  action?: ReactNode;
};

/** The record's title, state and next actions, at the top of the page. */
export function PageHeader({ title, mark, state, action }: HeaderProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--gutter) py-3">
      <div className="flex min-w-0 flex-1 basis-40 flex-wrap items-center gap-x-3 gap-y-1">
        {mark}
        <h1 className="min-w-0 text-title wrap-anywhere">{title}</h1>
        {state && <div className="flex flex-wrap items-center gap-x-3 gap-y-1">{state}</div>}
      </div>
      {action && <div className="flex flex-wrap items-center gap-2">{action}</div>}
    </header>
  );
}

type SectionProps = { title: string; count?: number; action?: ReactNode; children: ReactNode };

export function Section({ title, count, action, children }: SectionProps) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h2 className="flex items-baseline gap-2 text-lead">
          {title}
          {count !== undefined && <span className="text-ink-soft tabular-nums">{count}</span>}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}

const FACTS = "grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,100%),1fr))] gap-x-6 gap-y-3";

/** The facts of a record, as terms and values; `more` are those that few look for, folded away. */
export function Facts({ children, more }: { children: ReactNode; more?: ReactNode }) {
  return (
    <div className="grid gap-2 border-y border-line py-3">
      <dl className={FACTS}>{children}</dl>
      {more && (
        <details>
          <summary className="min-h-(--target) w-fit cursor-pointer rounded-corner leading-(--target) text-small text-ink-soft hover:text-ink">More</summary>
          <dl className={`${FACTS} pt-1`}>{more}</dl>
        </details>
      )}
    </div>
  );
}

type FactProps = { term: string; children: ReactNode; code?: boolean };

/** `code` sets VINs and the like in a font that tells 0 from O, tight enough that a VIN fits the narrowest column. */
export function Fact({ term, children, code }: FactProps) {
  return (
    <div className="grid min-w-0 content-start">
      <dt className="text-small text-ink-soft">{term}</dt>
      <dd className={`wrap-anywhere ${code ? "font-mono text-small leading-[1.6] tracking-[-0.055em]" : "tabular-nums"}`}>{children}</dd>
    </div>
  );
}

export function Timeline({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol aria-label={label} className="grid">
      {children}
    </ol>
  );
}

type TimelineItemProps = { title: ReactNode; at: ReactNode; who?: string; tone?: Tone; changed?: boolean; children?: ReactNode };

/** One entry of a timeline. */
export function TimelineItem({ title, at, who, tone = "slate", changed, children }: TimelineItemProps) {
  return (
    <li className={`group relative grid gap-0.5 rounded-corner pb-4 pl-6 ${changed ? "glow-once" : ""}`}>
      <span aria-hidden="true" className="absolute top-[1.45em] bottom-0 left-[0.4em] border-l border-line group-last:hidden" />
      <span className="absolute top-0 left-0 flex h-[1.45em] items-center">
        <StateGlyph tone={tone} />
      </span>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="font-semibold">{title}</p>
        <p className="text-small text-ink-soft">
          {who && <>{who} · </>}
          {at}
        </p>
      </div>
      {children && <div className="text-ink-soft">{children}</div>}
    </li>
  );
}
