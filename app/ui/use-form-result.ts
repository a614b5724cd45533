import { useRef } from "react";
import { useActionData, useLocation } from "react-router";
import { type Kept, keep, shownOf } from "./kept-result";

/**
 * The result of a form on this page, kept across revalidation: a live change from elsewhere must not remove an error from
 * the screen, nor close its form. A message that something was done goes once `version`, the record's, is another. The next
 * form or page replaces both.
 */
export function useFormResult<Action>(version?: string | number): ReturnType<typeof useActionData<Action>> {
  // Every page's action answers with its problem, or none.
  type Data = NonNullable<ReturnType<typeof useActionData<Action>>> & { problem: object | null };
  const data = useActionData<Action>() as Data | undefined;
  const { key } = useLocation();
  const kept = useRef<Kept<Data> | null>(null);
  kept.current = keep(kept.current, { key, version, data });
  return shownOf(kept.current, version);
}
