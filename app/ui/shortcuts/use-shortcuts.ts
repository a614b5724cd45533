import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { defaultKeybindingsHandlerIgnore, tinykeys } from "tinykeys";
import { stepToRow } from "../list";
import type { NavGroup } from "../shell-parts";

const OFF = "shortcuts-off";

export type Shortcuts = {
  /** Whether single keys do anything in this browser: who dictates may switch them off (WCAG 2.1.4). */
  on: boolean;
  switchOn(on: boolean): void;
  /** Whether the list of all of them is shown. */
  listed: boolean;
  list(shown: boolean): void;
};

/** The keys of a staff page: `/` searches, `g` and a letter goes, `n` adds, `j` and `k` walk rows, `?` lists them all. */
export function useShortcuts(nav: readonly NavGroup[], addTo: string): Shortcuts {
  const navigate = useNavigate();
  const [on, setOn] = useState(true);
  const [listed, list] = useState(false);
  const places = useRef(nav);
  places.current = nav;
  useEffect(() => setOn(localStorage.getItem(OFF) === null), []);
  useEffect(() => {
    if (!on) return;
    const go = (letter: string) => () => {
      const item = places.current.flatMap(({ items }) => items).find(({ key }) => key === letter);
      if (item) navigate(item.to);
    };
    return tinykeys(
      window,
      {
        ...Object.fromEntries([..."abcdefghijklmnopqrstuvwxyz"].map((letter) => [`g ${letter}`, go(letter)])),
        "[Shift]+/": focusSearch,
        n: () => navigate(addTo),
        j: () => stepToRow(1),
        k: () => stepToRow(-1),
        "[Shift]+?": () => list(true),
      },
      { ignore: (event) => inDialog(event) || defaultKeybindingsHandlerIgnore(event) || isTyping(event) },
    );
  }, [on, navigate, addTo]);
  const switchOn = (next: boolean) => {
    if (next) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    setOn(next);
  };
  return { on, switchOn, listed, list };
}

const inside = ({ target }: KeyboardEvent, selector: string) => target instanceof HTMLElement && target.closest(selector) !== null;
const inDialog = (event: KeyboardEvent) => inside(event, "dialog");
const isTyping = (event: KeyboardEvent) => inside(event, "input, textarea, select, [contenteditable]");

function focusSearch(event: KeyboardEvent): void {
  const box = document.querySelector<HTMLInputElement>('[data-shortcut="/"]');
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}
