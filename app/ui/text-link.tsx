import type { ReactNode } from "react";
import { Link, type LinkProps } from "react-router";

const LINK_CLASS = "inline-flex min-h-[24px] items-center text-accent underline-offset-2 hover:underline";

/** A link within facts and lines. */
export const TextLink = (props: Omit<LinkProps, "className">) => <Link {...props} className={LINK_CLASS} />;

/** A phone number that can be tapped to call. */
export const PhoneLink = ({ number }: { number: string }): ReactNode => (
  <a href={`tel:${number.replace(/[^+\d]/g, "")}`} className={LINK_CLASS}>
    {number}
  </a>
);
