import type { ReactNode } from "react";

type Props = {
  title: string;
  /** What failed. */
  what: string;
  /** What was not lost. */
  safe?: string;
  /** What to do now. */
  todo?: string;
  reference?: string;
  action?: ReactNode;
};

export function ErrorPage({ title, what, safe, todo, reference, action }: Props) {
  return (
    <div className="mx-auto grid w-full max-w-[36rem] gap-3 px-(--gutter) py-[12vh]">
      <h1 className="border-l-4 border-accent pl-3 text-title">{title}</h1>
      <p>{what}</p>
      {safe && <p>{safe}</p>}
      {todo && <p className="font-semibold">{todo}</p>}
      {action && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
      {reference && (
        <p className="mt-4 border-t border-line pt-3 text-small text-ink-soft">
          Reference <span className="font-mono text-ink">{reference}</span>
        </p>
      )}
    </div>
  );
}
