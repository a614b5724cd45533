import { useEffect, useState } from "react";
import { toUtcMs, type UtcMs } from "~/kernel/time";

/** The current time, updated as often as ages on the page need it. Starts at the server's time, so both render the same. */
export function useNow(atRender: UtcMs, everyMs = 5_000): UtcMs {
  const [now, setNow] = useState(atRender);
  useEffect(() => {
    setNow(toUtcMs(Date.now()));
    const ticking = setInterval(() => setNow(toUtcMs(Date.now())), everyMs);
    return () => clearInterval(ticking);
  }, [everyMs]);
  return now;
}
