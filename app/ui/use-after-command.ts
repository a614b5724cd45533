import { useRef } from "react";
import { useLocation } from "react-router";
import { useFormResult } from "./use-form-result";

type Result = { problem: object | null };

/**
 * A key that is new after each command of the page that was carried out: what is rendered with it comes back with its forms
 * empty and closed. A refusal, or somebody else's change, leaves what was typed.
 */
export function useAfterCommand(): string {
  const { key } = useLocation();
  const result = useFormResult<() => Promise<Result>>();
  const latest = useRef("");
  if (result?.problem === null) latest.current = key;
  return latest.current;
}
