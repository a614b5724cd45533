import { useRef } from "react";
import { useActionData, useLocation } from "react-router";

/**
 * The result of a form on this page, kept across revalidation: a live change from elsewhere must not remove an error from
 * the screen, nor close its form. The next form or page replaces it.
 */
export function useFormResult<Action>(): ReturnType<typeof useActionData<Action>> {
  const data = useActionData<Action>();
  const { key } = useLocation();
  const kept = useRef<{ key: string; data: typeof data }>({ key, data: undefined });
  if (data !== undefined) kept.current = { key, data };
  return data ?? (kept.current.key === key ? kept.current.data : undefined);
}
