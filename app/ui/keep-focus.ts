/** Headings and areas that somebody may be put to; a form or a list is not left for the page's beginning. */
const AREA = "li, form, fieldset, section, dialog, main";

/**
 * Removed with its page or by what it did, a focused control leaves the focus nowhere: a keyboard begins again at the top of
 * the page, and a screen reader falls silent. Then the closest area that is still there gets it; on another page, its heading. Returns what ends it.
 */
export function keepFocus(): () => void {
  let last: Element | null = null;
  let above: Element[] = [];
  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    [last, above] = [target, []];
    for (let area = target.parentElement?.closest(AREA); area; area = area.parentElement?.closest(AREA)) above.push(area);
  };
  const check = () => {
    if (last === null || last.isConnected || document.activeElement !== document.body) return;
    const area = above.find((one) => one.isConnected) ?? document.querySelector("main");
    const target = area?.matches("main") ? (area.querySelector("h1") ?? area) : area;
    last = null;
    if (target instanceof HTMLElement) focus(target);
  };
  const observer = new MutationObserver(() => {
    // What takes the focus by itself, such as a dialog's end, comes first.
    if (last && !last.isConnected) requestAnimationFrame(check);
  });
  document.addEventListener("focusin", note);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener("focusin", note);
    observer.disconnect();
  };
}

function focus(target: HTMLElement): void {
  if (!target.hasAttribute("tabindex")) {
    target.tabIndex = -1;
    target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
  }
  target.focus({ preventScroll: true });
}
