import { defaultKeybindingsHandlerIgnore, tinykeys } from "tinykeys";
import { stepToRow } from "../list";

export type KeyActions = { go(letter: string): void; add(): void; list(): void };

/** Binds the keys of a staff page until the returned function is called. */
export const bindKeys = ({ go, add, list }: KeyActions): (() => void) =>
  tinykeys(
    window,
    {
      ...Object.fromEntries([..."abcdefghijklmnopqrstuvwxyz"].map((letter) => [`g ${letter}`, () => go(letter)])),
      "[Shift]+/": focusSearch,
      n: add,
      j: () => stepToRow(1),
      k: () => stepToRow(-1),
      "[Shift]+?": list,
    },
    { ignore: (event) => isElsewhere(event) || defaultKeybindingsHandlerIgnore(event) },
  );

/** In a dialog, or where somebody types. */
const isElsewhere = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement && target.closest("dialog, input, textarea, select, [contenteditable]") !== null;

function focusSearch(event: KeyboardEvent): void {
  const box = document.querySelector<HTMLInputElement>('[data-shortcut="/"]');
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}
