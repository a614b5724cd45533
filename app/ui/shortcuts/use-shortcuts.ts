import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { whenLoaded } from "../live/after-load";
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
    const go = (letter: string) => {
      const item = places.current.flatMap(({ items }) => items).find(({ key }) => key === letter);
      if (item) navigate(item.to);
    };
    return whenLoaded(
      import("./bind-keys"),
      ({ bindKeys }) => bindKeys({ go, add: () => navigate(addTo), list: () => list(true) }),
      () => {},
    );
  }, [on, navigate, addTo]);
  const switchOn = (next: boolean) => {
    if (next) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
    setOn(next);
  };
  return { on, switchOn, listed, list };
}
