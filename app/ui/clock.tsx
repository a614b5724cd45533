import type { UtcMs } from "~/kernel/time";
import { useFormatIfAny } from "./format";
import { exactMoment, formatMoment, type MomentOptions } from "./moment";

/** An instant in the organization's zone, the same on server and client; print shows it exactly. Outside of a portal's pages the zone is given. */
export function Moment({ at, ...given }: { at: UtcMs } & Partial<MomentOptions>) {
  const format = useFormatIfAny();
  const zone = given.zone ?? format?.zone;
  if (zone === undefined) throw new Error("a moment outside of a portal's pages needs a zone");
  const options = { zone, locale: given.locale ?? format?.locale, now: given.now ?? format?.now };
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
