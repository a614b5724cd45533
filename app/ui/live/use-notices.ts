import { useContext, useEffect, useRef, useState } from "react";
import { UNSAFE_DataRouterContext, UNSAFE_DataRouterStateContext } from "react-router";
import { whenLoaded } from "./after-load";
import type { Change, Viewers } from "./board-connection";
import type { Live } from "./room-socket";

const AT_MOST_EVERY = 1_000;
const JITTER = 300;
/** The kind of the notices that announce a new notification to staff. */
export const BELL = "notice";

type Following = {
  organizationId: string;
  as: "staff" | "customer" | "vendor";
  /** The record that this page has open; a board has none, and gets all changes. */
  at?: string;
  /** Reloads only for changes of these kinds. */
  only?: string | readonly string[];
  reread(): void;
  onNotice?(change: Change): void;
};

/**
 * Follows an organization's board room. `reread` is called when something changed, at most once a second and with jitter,
 * so that not all pages reload at once; `onNotice` gets each changed record. The connection's code is loaded once the page
 * is usable, and shared by all followers.
 */
export function useNotices({ organizationId, as, at, only, reread, onNotice }: Following): { live: Live; viewers: Viewers } {
  const [live, setLive] = useState<Live>({ status: "reconnecting", lastMessageAt: null });
  const [viewers, setViewers] = useState<Viewers>({});
  const soon = useSoon(reread);

  const onChange = (change: Change) => {
    // A new notification changes no record, so it concerns only those who follow notifications.
    if (only ? ![only].flat().includes(change.kind) : change.kind === BELL) return;
    onNotice?.(change);
    soon();
  };
  const latest = useRef({ onChange, soon });
  latest.current = { onChange, soon };

  useEffect(
    () =>
      whenLoaded(
        import("./board-connection"),
        ({ listen }) =>
          listen({
            organizationId,
            as,
            at,
            onLive: setLive,
            onViewers: setViewers,
            onChange: (change) => latest.current.onChange(change),
            onGap: () => latest.current.soon(),
          }),
        () => setLive({ status: "offline", lastMessageAt: null }),
      ),
    [organizationId, as, at],
  );

  return { live, viewers };
}

/**
 * Calls `reread` soon, but never before a form's result is on the screen: the router drops a result when it reads again, and
 * shows a new page only some time after it has it. So reading again waits until no page is on its way, and until the screen
 * shows what the router has.
 */
function useSoon(reread: () => void): () => void {
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  const lastAt = useRef(0);
  const [isDue, setDue] = useState(false);
  const router = useContext(UNSAFE_DataRouterContext)?.router;
  const shown = useContext(UNSAFE_DataRouterStateContext);
  const latest = useRef(reread);
  latest.current = reread;

  useEffect(() => () => void (pending.current !== null && clearTimeout(pending.current)), []);
  useEffect(() => {
    if (!isDue || router?.state !== shown || shown?.navigation.state !== "idle") return;
    setDue(false);
    lastAt.current = Date.now();
    latest.current();
  }, [isDue, router, shown]);

  return () => {
    if (pending.current !== null) return;
    const delay = Math.max(Math.random() * JITTER, lastAt.current + AT_MOST_EVERY - Date.now());
    pending.current = setTimeout(() => {
      pending.current = null;
      setDue(true);
    }, delay);
  };
}
