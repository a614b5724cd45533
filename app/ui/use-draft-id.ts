import { useState } from "react";

type Ids = {
  /** The record whose page it is: another one's page begins anew. */
  of: string;
  /** What the loader made this time; it makes a new one whenever the page is read. */
  fresh: string;
  /** The id that the page's action answered as taken, if it took one. */
  taken: string | undefined;
};

/**
 * The id of what a form on this page is about to add. The form carries it and has it as its `key`: it stays through
 * live re-reads and through whatever else is done on the page, and with it what is half typed; once the action took
 * it, it gives way to a fresh one, and the form is empty again.
 */
export function useDraftId({ of, fresh, taken }: Ids): string {
  const [draft, setDraft] = useState({ of, id: fresh });
  // The answer may arrive before the page was read again: until then there is no fresh one.
  if ((draft.of === of && draft.id !== taken) || draft.id === fresh) return draft.id;
  setDraft({ of, id: fresh });
  return fresh;
}
