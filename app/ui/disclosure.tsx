import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

type Props = {
  title: string;
  /** Whom or what it is about, where a list has the same act for each: said, not shown. */
  about?: string;
  icon?: LucideIcon;
  kind?: "quiet" | "primary";
  /** A button's look where it stands among acts; a link's within text. */
  style?: "button" | "link";
  open?: boolean;
  /** Opens over what stands below, so that a row of acts keeps its place. */
  floats?: boolean;
  children: ReactNode;
};

const STYLES = {
  link: "text-accent underline-offset-2 hover:underline",
  quiet: "rounded-corner border border-control bg-panel px-[0.85em] font-semibold hover:bg-hover",
  primary: "rounded-corner border border-transparent bg-accent px-[0.85em] font-semibold text-accent-ink hover:bg-accent-deep",
};

/** An act that asks for something first: it opens in place, with or without scripts. */
export function Disclosure({ title, about, icon, kind = "quiet", style = "button", open, floats, children }: Props) {
  return (
    <details open={open} className="group relative open:max-sm:basis-full">
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
