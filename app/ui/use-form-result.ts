import { useRef } from "react";
import { useActionData, useLocation } from "react-router";

/**
 * What a form of this page was answered, kept while the page reads itself again: a change elsewhere that arrives live
 * must not take a refusal off the screen, nor close the form that it stands in. The next form or page replaces it.
 */
export function useFormResult<Action>(): ReturnType<typeof useActionData<Action>> {
  const data = useActionData<Action>();
  const { key } = useLocation();
  const kept = useRef<{ key: string; data: typeof data }>({ key, data: undefined });
  if (data !== undefined) kept.current = { key, data };
  return data ?? (kept.current.key === key ? kept.current.data : undefined);
}
