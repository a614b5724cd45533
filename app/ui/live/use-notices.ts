import { useEffect, useRef, useState } from "react";
import { BoardMessage, readMessage } from "../../../party/protocol";
import { type Live, useRoom } from "./use-room";

const AT_MOST_EVERY = 1_000;
const JITTER = 300;
/** The kind of the notices that ring staff's bells. */
export const BELL = "notice";

export type Notice = { kind: string; id: string };

type Following = {
  organizationId: string;
  as: "staff" | "customer" | "vendor";
  /** The record that this page has open; a board has none, and hears of all. */
  at?: string;
  /** Only news of this kind makes the page read again. */
  only?: string;
  reread(): void;
  onNotice?(notice: Notice): void;
};

/** Who else has which record open, by its id. */
export type Lookers = Readonly<Record<string, readonly string[]>>;

/**
 * Follows an organization's board room. `reread` is called when something changed, at most once a second and
 * not by all pages in the same moment; `onNotice` names each record that did.
 */
export function useNotices({ organizationId, as, at, only, reread, onNotice }: Following): { live: Live; lookers: Lookers } {
  const [lookers, setLookers] = useState<Lookers>({});
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

  const live = useRoom({
    party: "board-room",
    organizationId,
    as,
    at,
    since: () => seq.current,
    onMessage(text) {
      const data = readMessage(BoardMessage, text);
      if (!data) return;
      if (data.type === "looking") return setLookers((known) => ({ ...known, [data.at]: data.people }));
      const first = seq.current === null;
      seq.current = data.seq;
      if (data.type === "changed") {
        // A bell that rings is no change of any record: it concerns those who follow bells.
        if (only ? data.kind !== only : data.kind === BELL) return;
        latest.current.onNotice?.(data);
      }
      // The first word on the first connection: what changed between the page's own reading and now is unknown.
      if (data.type !== "hello" || first) soon();
    },
  });
  return { live, lookers };
}
