import { useCallback, useEffect, useRef, useState } from "react";
import { Link } from "react-router";

const STEP = 60;

/**
 * A long list starts with a screen or two of rows, so it shows at once, and grows as its end comes into view. `whole` comes
 * from the URL and shows all rows, for browsers without JavaScript.
 */
export function useRows<Row>(rows: readonly Row[], whole: boolean): { rows: readonly Row[]; left: number; grow(): void } {
  const [most, setMost] = useState(STEP);
  const visible = whole ? rows : rows.slice(0, most);
  const grow = useCallback(() => setMost((count) => count + STEP), []);
  return { rows: visible, left: rows.length - visible.length, grow };
}

/** Shown below the rows while some are left; scrolling to it loads the next ones. */
export function MoreRows({ left, to, grow }: { left: number; to: string; grow(): void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current || left === 0) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && grow());
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [grow, left]); // again after each growth, since the end may still be in view
  if (left === 0) return null;
  return (
    <div ref={end} className="px-(--gutter) py-2">
      <Link to={to} preventScrollReset className="inline-flex min-h-(--target) items-center text-accent underline">
        Show {left} more
      </Link>
    </div>
  );
}
