import { useSyncExternalStore } from "react";
import type { MapTheme } from "./palette";

const DARK = "(prefers-color-scheme: dark)";
const STILL = "(prefers-reduced-motion: reduce)";

/** The theme set on the page's root element, or else the device's. */
export const useMapTheme = (): MapTheme => useSyncExternalStore(onThemeChange, themeNow, () => "light");

export const useReducedMotion = (): boolean =>
  useSyncExternalStore(
    (changed) => onMediaChange(STILL, changed),
    () => matchMedia(STILL).matches,
    () => true,
  );

function themeNow(): MapTheme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "dark" || chosen === "light") return chosen;
  return matchMedia(DARK).matches ? "dark" : "light";
}

function onThemeChange(changed: () => void): () => void {
  const off = onMediaChange(DARK, changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    off();
    observer.disconnect();
  };
}

function onMediaChange(query: string, changed: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}
