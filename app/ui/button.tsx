import type { LucideIcon } from "lucide-react";
import { type ButtonHTMLAttributes, useId } from "react";
import { Link, type LinkProps } from "react-router";
import { Icon } from "./icon";

export type ButtonKind = "primary" | "quiet" | "danger";
type ButtonStyle = { kind?: ButtonKind; icon?: LucideIcon; wide?: boolean };

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  ButtonStyle & {
    pending?: boolean;
    /** Replaces the label while the action runs: "Sending". */
    pendingLabel?: string;
    /** Why the action isn't possible now; the button stays visible with this reason. */
    blocked?: string | null;
  };

const SHARED =
  "inline-flex min-h-(--target) items-center justify-center gap-1.5 rounded-corner border px-[0.85em] text-body leading-tight font-semibold select-none disabled:cursor-not-allowed aria-busy:cursor-progress";

const KINDS: Record<ButtonKind, string> = {
  primary: "border-transparent bg-accent text-accent-ink not-disabled:hover:bg-accent-deep aria-busy:bg-accent-deep disabled:bg-hover disabled:text-ink-soft",
  quiet: "border-control bg-panel text-ink not-disabled:hover:bg-hover disabled:border-line disabled:text-ink-soft",
  danger: "border-state-red bg-panel text-state-red not-disabled:hover:bg-hover disabled:border-line disabled:text-ink-soft",
};

const buttonClass = ({ kind = "quiet", wide }: ButtonStyle) => `${SHARED} ${KINDS[kind]} ${wide ? "w-full" : ""}`;

export function Button({ kind, icon, wide, pending, pendingLabel, blocked, className, children, ...rest }: ButtonProps) {
  const why = useId();
  const button = (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || Boolean(blocked)}
      aria-busy={pending || undefined}
      aria-describedby={blocked ? why : rest["aria-describedby"]}
      className={`${buttonClass({ kind, wide })} ${className ?? ""}`}
    >
      {icon && <Icon of={icon} />}
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  );
  if (!blocked) return button;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      {button}
      <span id={why} className="text-small text-ink-soft">
        {blocked}
      </span>
    </span>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ kind, icon, wide, className, children, ...rest }: LinkProps & ButtonStyle) {
  return (
    <Link {...rest} className={`${buttonClass({ kind, wide })} ${className ?? ""}`}>
      {icon && <Icon of={icon} />}
      {children}
    </Link>
  );
}
