import { useState } from "react";

type Ids = {
  /** The record whose page this is; another record starts over. */
  of: string;
  /** The id from the loader, which makes a new one on every load. */
  fresh: string;
  /** The id that the action reports as used, if it used one. */
  taken: string | undefined;
};

/**
 * The id of what a form on this page is about to add. The form posts it and has it as its `key`: it survives revalidation
 * and other forms of the page, and so does what was typed; once the action has used it, a fresh one replaces it and the
 * form is empty again.
 */
export function useDraftId({ of, fresh, taken }: Ids): string {
  const [draft, setDraft] = useState({ of, id: fresh });
  // The result may arrive before the page is revalidated; until then there is no fresh id.
  if ((draft.of === of && draft.id !== taken) || draft.id === fresh) return draft.id;
  setDraft({ of, id: fresh });
  return fresh;
}
