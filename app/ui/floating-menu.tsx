import { type ComponentProps, type RefObject, useEffect, useRef } from "react";
import { Disclosure } from "./disclosure";

/** A disclosure that opens over the content below, so a row of actions keeps its place. */
export function FloatingMenu({ open = false, ...rest }: Omit<ComponentProps<typeof Disclosure>, "floating">) {
  const menu = useRef<HTMLDetailsElement>(null);
  useLightDismiss(menu, open);
  return <Disclosure {...rest} open={open} floating={menu} />;
}

/**
 * Closes an open floating menu on Escape and on a click elsewhere; what was typed in it stays. One that is `kept`, because
 * its form was refused, closes on Escape only: the errors at the top of the page lead into it.
 */
function useLightDismiss(menu: RefObject<HTMLDetailsElement>, kept: boolean): void {
  useEffect(() => {
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
  }, [menu, kept]);
}
