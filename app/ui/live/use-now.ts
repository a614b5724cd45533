import { startTransition, useEffect, useState } from "react";
import { toUtcMs, type UtcMs } from "~/kernel/time";

/** The current time, updated as often as ages on the page need it. Starts at the server's time, so both render the same. */
export function useNow(atRender: UtcMs, everyMs = 5_000): UtcMs {
  const [now, setNow] = useState(atRender);
  useEffect(() => {
    // As a transition: parts of the page that are not hydrated yet keep the server's text until they are.
    const update = () => startTransition(() => setNow(toUtcMs(Date.now())));
    update();
    const ticking = setInterval(update, everyMs);
    return () => clearInterval(ticking);
  }, [everyMs]);
  return now;
}
