import { useEffect, useRef } from "react";
import { BoardMessage } from "../../../party/protocol";
import { type Live, useRoom } from "./use-room";

const AT_MOST_EVERY = 1_000;
const JITTER = 300;

export type Notice = { kind: string; id: string };

/**
 * Follows an organization's board room. `reread` is called when something changed, at most once a second and
 * not by all pages in the same moment; `onNotice` names each record that did.
 */
export function useNotices({ organizationId, reread, onNotice }: { organizationId: string; reread(): void; onNotice(notice: Notice): void }): Live {
  const seq = useRef<number | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  const lastAt = useRef(0);
  const latest = useRef({ reread, onNotice });
  latest.current = { reread, onNotice };

  const soon = () => {
    if (waiting.current !== null) return;
    const wait = Math.max(Math.random() * JITTER, lastAt.current + AT_MOST_EVERY - Date.now());
    waiting.current = setTimeout(() => {
      waiting.current = null;
      lastAt.current = Date.now();
      latest.current.reread();
    }, wait);
  };
  useEffect(() => () => void (waiting.current !== null && clearTimeout(waiting.current)), []);

  return useRoom({
    party: "board-room",
    organizationId,
    as: "staff",
    since: () => seq.current,
    onMessage(text) {
      const message = BoardMessage.safeParse(JSON.parse(text));
      if (!message.success) return;
      const { data } = message;
      const first = seq.current === null;
      seq.current = data.seq;
      if (data.type === "changed") latest.current.onNotice(data);
      // The first word on the first connection: what changed between the page's own reading and now is unknown.
      if (data.type !== "hello" || first) soon();
    },
  });
}
