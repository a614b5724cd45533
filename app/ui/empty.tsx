import type { ReactNode } from "react";

type Props = { title: string; body: ReactNode; action?: ReactNode };

/** An empty list: what will show up here, and the first step towards it. */
export function Empty({ title, body, action }: Props) {
  return (
    <div className="grid justify-items-start gap-2 border-y border-dashed border-control px-3 py-6">
      <h3 className="text-lead">{title}</h3>
      <div className="max-w-prose text-ink-soft">{body}</div>
      {action && <div className="mt-1">{action}</div>}
    </div>
  );
}
