import { useRef, useState } from "react";
import type { Draft } from "./draft";
import { writeDraft } from "./phone/phone-database.client";

/** A draft on the screen. Each change is on the phone before the next one, however quickly people tap. */
export function useDraft(loaded: Draft): [Draft, (change: (draft: Draft) => Draft) => Promise<void>] {
  const [draft, setDraft] = useState(loaded);
  const latest = useRef(loaded);
  const writing = useRef(Promise.resolve());
  const change = (by: (draft: Draft) => Draft): Promise<void> => {
    const next = by(latest.current);
    latest.current = next;
    setDraft(next);
    writing.current = writing.current.then(async () => void (await writeDraft(next)));
    return writing.current;
  };
  return [draft, change];
}
