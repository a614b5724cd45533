import { type FocusEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { changedRows, NONE, steady } from "./steady-rows";

/**
 * A list that changes by itself while it is looked at. While the pointer or the focus is on it, its rows keep their places;
 * what waits is counted and shown on demand, or once both have left. Following a link shows the new rows at once.
 */
export function useSteadyRows<Row>(fresh: readonly Row[], keyOf: (row: Row) => string) {
  const { key: page } = useLocation();
  const [held, setHeld] = useState<{ rows: readonly Row[]; page: string } | null>(null);
  const [on, setOn] = useState({ pointer: false, focus: false });
  const isHeld = held !== null && held.page === page;
  const { rows, waiting } = isHeld ? steady(held.rows, fresh, keyOf) : { rows: fresh, waiting: 0 };

  const [changed, setChanged] = useState(NONE);
  const before = useRef({ rows: fresh, page });
  const latestKey = useRef(keyOf);
  latestKey.current = keyOf;
  useEffect(() => {
    // Another page's rows are no news.
    setChanged(before.current.page === page ? changedRows(before.current.rows, fresh, latestKey.current) : NONE);
    before.current = { rows: fresh, page };
  }, [fresh, page]);

  const touch = (part: Partial<typeof on>) => {
    const next = { ...on, ...part };
    setOn(next);
    setHeld(next.pointer || next.focus ? { rows, page } : null);
  };
  const hold = {
    onPointerEnter: () => touch({ pointer: true }),
    onPointerLeave: () => touch({ pointer: false }),
    onFocus: () => touch({ focus: true }),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) touch({ focus: false });
    },
  };
  return { rows, changed, waiting, hold, show: () => setHeld({ rows: fresh, page }) };
}

type SteadyProps = Pick<ReturnType<typeof useSteadyRows>, "hold" | "waiting" | "changed" | "show"> & { children: ReactNode };

/** Around such a list. What waits is shown over its head, so that nothing moves. */
export function SteadyList({ hold, waiting, changed, show, children }: SteadyProps) {
  return (
    <div {...hold} className="relative">
      {children}
      <span role="status" className={waiting > 0 ? "absolute top-0.5 right-1 z-10" : "sr-only"}>
        {waiting > 0 ? (
          <button
            type="button"
            onClick={show}
            className="inline-flex min-h-[1.75rem] items-center rounded-corner border border-accent bg-accent-soft px-2 text-small font-semibold text-accent shadow-float"
          >
            {waiting === 1 ? "1 change" : `${waiting} changes`} · Show
          </button>
        ) : changed.size > 0 ? (
          `${changed.size === 1 ? "1 row" : `${changed.size} rows`} updated`
        ) : null}
      </span>
    </div>
  );
}
