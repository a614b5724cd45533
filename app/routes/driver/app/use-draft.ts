import { useRef, useState } from "react";
import type { Draft } from "./draft";
import { writeDraft } from "./phone/phone-database.client";

type InHand = { draft: Draft /** The phone could not keep the last change. */; isLost: boolean; change(by: (draft: Draft) => Draft): Promise<void> };

/** A draft on the screen. Each change is on the phone before the next one, however quickly people tap. */
export function useDraft(loaded: Draft): InHand {
  const [draft, setDraft] = useState(loaded);
  const [isLost, setLost] = useState(false);
  const latest = useRef(loaded);
  const writing = useRef(Promise.resolve());
  const change = (by: (draft: Draft) => Draft): Promise<void> => {
    const next = by(latest.current);
    latest.current = next;
    setDraft(next);
    // A write that failed doesn't keep the next one, which has all of the draft, from being tried.
    writing.current = writing.current.then(async () => {
      try {
        await writeDraft(next);
        setLost(false);
      } catch {
        setLost(true);
      }
    });
    return writing.current;
  };
  return { draft, isLost, change };
}
