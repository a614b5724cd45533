import { type RefObject, useRef } from "react";
import { flushSync } from "react-dom";

type RowFocus = {
  /** Around the rows and the buttons that add one. */
  around: RefObject<HTMLDivElement>;
  /** Adds a row, and moves the focus to the control of this name in it. */
  add(change: () => void, name: string): void;
  /**
   * Removes a row, and moves the focus to the button that removes the next one; from the last row to the one before, and
   * without rows to the first button that adds one.
   */
  remove(change: () => void, at: number): void;
};

/** The focus stays with rows that are added and removed; their buttons are marked `data-remove` and `data-add`. */
export function useRowFocus(): RowFocus {
  const around = useRef<HTMLDivElement>(null);
  const all = (selector: string) => [...(around.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  return {
    around,
    add(change, name) {
      flushSync(change);
      all(`[name="${CSS.escape(name)}"]`)[0]?.focus();
    },
    remove(change, at) {
      flushSync(change);
      const left = all("[data-remove]");
      (left[Math.min(at, left.length - 1)] ?? all("[data-add]")[0])?.focus();
    },
  };
}
