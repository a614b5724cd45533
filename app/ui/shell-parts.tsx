import { CircleHelp, LogOut, type LucideIcon, Mail, Phone } from "lucide-react";
import { Link } from "react-router";
import type { Portal } from "~/kernel/audience";
import { brandVariables } from "~/kernel/brand";
import { paths } from "~/kernel/paths";
import { linesOf } from "~/kernel/text-block";
import type { ShopBrand } from "./brand-mark";
import { Icon } from "./icon";

export type NavItem = {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Current only on this exact path: for a portal's home page. */
  end?: boolean;
  /** Also current on a page of another path: for a record that belongs to it. */
  current?: boolean;
  count?: number;
  /** What is counted, for screen readers. */
  countLabel?: string;
  /** The letter that leads to it after `g`. */
  key?: string;
};

export type NavGroup = {
  /** Without one the items are listed without a heading. */
  label?: string;
  items: readonly NavItem[];
};

export function SkipLink() {
  return (
    <a href="#main" className="fixed top-2 left-2 z-30 -translate-y-20 rounded-corner bg-accent px-3 py-2 font-semibold text-accent-ink focus:translate-y-0">
      Skip to content
    </a>
  );
}

/** To the short page about this one. */
export function HelpLink({ to, className = "" }: { to: string; className?: string }) {
  return (
    <Link
      to={to}
      className={`inline-flex min-h-(--target) items-center gap-2 rounded-corner px-2 whitespace-nowrap text-ink-soft hover:bg-hover hover:text-ink ${className}`}
    >
      <Icon of={CircleHelp} />
      Help
    </Link>
  );
}

/** A plain form: signing out loads a fresh page, so nothing of the old one stays in memory. */
export function SignOut({ as, className }: { as: Portal; className?: string }) {
  return (
    <form method="post" action={paths.signOut} className={className}>
      <input type="hidden" name="as" value={as} />
      <button
        type="submit"
        className="inline-flex min-h-(--target) items-center gap-2 rounded-corner px-2 whitespace-nowrap text-ink-soft hover:bg-hover hover:text-ink"
      >
        <Icon of={LogOut} />
        Sign out
      </button>
    </form>
  );
}

/** Signs out the previous person on a shared tablet, and goes to the driver sign-in. */
export function NotYou({ className }: { className?: string }) {
  return (
    <form method="post" action={paths.signOut} className={className}>
      <input type="hidden" name="as" value="driver" />
      <button type="submit" className="min-h-(--target) rounded-corner px-2 font-semibold text-accent underline underline-offset-2">
        Not you?
      </button>
    </form>
  );
}

/** Links to call or email the shop. */
export function ShopContact({ brand: { phone, email, address } }: { brand: ShopBrand }) {
  if (!phone && !email && !address) return null;
  const link = "inline-flex min-h-(--target) items-center gap-1.5 rounded-corner text-accent underline-offset-2 hover:underline";
  return (
    <address className="flex flex-wrap items-center gap-x-5 not-italic">
      {address && <span>{linesOf(address).join(", ")}</span>}
      {phone && (
        <a href={`tel:${phone.replace(/[^+\d]/g, "")}`} className={link}>
          <Icon of={Phone} />
          {phone}
        </a>
      )}
      {email && (
        <a href={`mailto:${email}`} className={link}>
          <Icon of={Mail} />
          {email}
        </a>
      )}
    </address>
  );
}

/** The shop's color for a shell; nothing if it has none. */
export function brandStyle(brand: ShopBrand): { className: string; style?: Record<string, string> } {
  return brand.color ? { className: "branded", style: brandVariables(brand.color) } : { className: "" };
}
