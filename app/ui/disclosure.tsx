import type { LucideIcon } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Icon } from "./icon";
import { useLightDismiss } from "./use-light-dismiss";

type Props = {
  title: string;
  /** What it is about, for screen readers, in a list with the same action on each row. */
  about?: string;
  icon?: LucideIcon;
  kind?: "quiet" | "primary";
  /** A button's look among actions, a link's look within text. */
  style?: "button" | "link";
  open?: boolean;
  /** Opens over the content below, so a row of actions keeps its place; it closes on Escape and on a click elsewhere. */
  floats?: boolean;
  children: ReactNode;
};

const STYLES = {
  link: "text-accent underline-offset-2 hover:underline",
  quiet: "rounded-corner border border-control bg-panel px-[0.85em] font-semibold hover:bg-hover",
  primary: "rounded-corner border border-transparent bg-accent px-[0.85em] font-semibold text-accent-ink hover:bg-accent-deep",
};

/** An action that asks for input first: it opens in place, with or without JavaScript. */
export function Disclosure({ title, about, icon, kind = "quiet", style = "button", open, floats = false, children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  useLightDismiss(menu, floats, open === true);
  return (
    <details ref={menu} open={open} className="group relative open:max-sm:basis-full">
      <summary
        className={`inline-flex min-h-(--target) cursor-pointer list-none items-center gap-1.5 select-none [&::-webkit-details-marker]:hidden ${STYLES[style === "link" ? "link" : kind]}`}
      >
        {icon && <Icon of={icon} />}
        {title}
        {about && <span className="sr-only"> {about}</span>}
      </summary>
      <div
        className={`mt-2 grid min-w-64 rounded-corner border border-line bg-panel p-3 ${floats ? "sm:absolute sm:right-0 sm:z-20 sm:w-80 sm:shadow-float" : ""}`}
      >
        {children}
      </div>
    </details>
  );
}
