import { useEffect, useRef, useState } from "react";
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
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  const lastAt = useRef(0);

  const soon = () => {
    if (pending.current !== null) return;
    const delay = Math.max(Math.random() * JITTER, lastAt.current + AT_MOST_EVERY - Date.now());
    pending.current = setTimeout(() => {
      pending.current = null;
      lastAt.current = Date.now();
      latest.current.reread();
    }, delay);
  };
  useEffect(() => () => void (pending.current !== null && clearTimeout(pending.current)), []);

  const onChange = (change: Change) => {
    // A new notification changes no record, so it concerns only those who follow notifications.
    if (only ? ![only].flat().includes(change.kind) : change.kind === BELL) return;
    onNotice?.(change);
    soon();
  };
  const latest = useRef({ reread, onChange, soon });
  latest.current = { reread, onChange, soon };

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
