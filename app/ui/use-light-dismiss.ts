import { type RefObject, useEffect } from "react";

/**
 * Closes an open floating menu on Escape and on a click elsewhere; what was typed in it stays. One that is `kept`, because
 * its form was refused, closes on Escape only: the errors at the top of the page lead into it.
 */
export function useLightDismiss(menu: RefObject<HTMLDetailsElement>, floats: boolean, kept: boolean): void {
  useEffect(() => {
    if (!floats) return;
    const isOpen = () => menu.current?.open === true;
    const close = () => {
      if (menu.current) menu.current.open = false;
    };
    const elsewhere = ({ target }: Event) => {
      if (!kept && isOpen() && target instanceof Node && target.isConnected && !menu.current?.contains(target)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || !isOpen()) return;
      const hadFocus = menu.current?.contains(document.activeElement);
      close();
      if (hadFocus) menu.current?.querySelector("summary")?.focus();
    };
    // On a click rather than a press: below the menu nothing moves before the click has found its target.
    document.addEventListener("click", elsewhere);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("click", elsewhere);
      document.removeEventListener("keydown", onKey);
    };
  }, [menu, floats, kept]);
}
