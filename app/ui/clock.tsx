import type { UtcMs } from "~/kernel/time";
import { useFormat } from "./format";
import { exactMoment, formatMoment, formatTime } from "./moment";

/** An instant in the organization's zone, the same on server and client; print shows it exactly. */
export function Moment({ at, only }: { at: UtcMs /** Only its time, under a heading with the day. */; only?: "time" }) {
  const format = useFormat();
  const exact = exactMoment(at, format);
  return (
    <time dateTime={new Date(at).toISOString()} title={exact} className="whitespace-nowrap">
      <span className="print:hidden">{only === "time" ? formatTime(at, format) : formatMoment(at, format)}</span>
      <span aria-hidden="true" className="hidden print:inline">
        {exact}
      </span>
    </time>
  );
}
