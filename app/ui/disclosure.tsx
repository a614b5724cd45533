import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Icon } from "./icon";

type Props = {
  title: string;
  /** What it is about, for screen readers, in a list with the same action on each row. */
  about?: string;
  icon?: LucideIcon;
  kind?: "quiet" | "primary";
  /** A button's look among actions, a link's look within text. */
  style?: "button" | "link";
  open?: boolean;
  /** Set by a floating menu, which opens over the content below. */
  floating?: Ref<HTMLDetailsElement>;
  children: ReactNode;
};

const STYLES = {
  link: "text-accent underline-offset-2 hover:underline",
  quiet: "rounded-corner border border-control bg-panel px-[0.85em] font-semibold hover:bg-hover",
  primary: "rounded-corner border border-transparent bg-accent px-[0.85em] font-semibold text-accent-ink hover:bg-accent-deep",
};

/** An action that asks for input first: it opens in place, with or without JavaScript. */
export function Disclosure({ title, about, icon, kind = "quiet", style = "button", open, floating, children }: Props) {
  return (
    <details ref={floating} open={open} className="group relative open:max-sm:basis-full">
      <summary
        className={`inline-flex min-h-(--target) cursor-pointer list-none items-center gap-1.5 select-none [&::-webkit-details-marker]:hidden ${STYLES[style === "link" ? "link" : kind]}`}
      >
        {icon && <Icon of={icon} />}
        {title}
        {about && <span className="sr-only"> {about}</span>}
      </summary>
      <div
        className={`mt-2 grid min-w-64 rounded-corner border border-line bg-panel p-3 ${floating ? "sm:absolute sm:right-0 sm:z-20 sm:w-80 sm:shadow-float" : ""}`}
      >
        {children}
      </div>
    </details>
  );
}
