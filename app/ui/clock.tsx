import type { UtcMs } from "~/kernel/time";
import { exactMoment, formatMoment, type MomentOptions } from "./moment";

/** An instant in an explicit zone, the same on server and client; print shows it exactly. */
export function Moment({ at, ...options }: { at: UtcMs } & MomentOptions) {
  const exact = exactMoment(at, options);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact} className="whitespace-nowrap">
      <span className="print:hidden">{formatMoment(at, options)}</span>
      <span aria-hidden="true" className="hidden print:inline">
        {exact}
      </span>
    </time>
  );
}
