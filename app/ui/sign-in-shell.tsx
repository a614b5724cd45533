import type { ReactNode } from "react";
import { BrandMark, type ShopBrand } from "./brand-mark";
import { brandStyle, ShopContact, SkipLink } from "./shell-parts";

type Props = {
  brand: ShopBrand;
  title: string;
  /** One line about the portal. */
  lead?: ReactNode;
  /** The driver sign-in has the driver portal's larger targets and fonts. */
  density?: "portal" | "driver";
  children: ReactNode;
};

const DENSITIES = { portal: "density-portal", driver: "driver density-driver" };

/** The frame of all sign-in pages: the shop's brand, a title and the form. */
export function SignInShell({ brand, title, lead, density = "portal", children }: Props) {
  const style = brandStyle(brand);
  return (
    <div style={style.style} className={`${DENSITIES[density]} flex min-h-dvh flex-col border-t-4 border-accent bg-panel ${style.className}`}>
      <SkipLink />
      <div className="mx-auto grid w-full max-w-[25rem] flex-1 grid-rows-[auto_1fr_auto] px-(--gutter)">
        <header className="border-b border-line pt-[min(14vh,8rem)] pb-5">
          <BrandMark brand={brand} size="large" />
        </header>
        <main id="main" tabIndex={-1} className="grid content-start gap-5 py-6">
          <div className="grid gap-1">
            <h1 className="text-title">{title}</h1>
            {lead && <p className="text-ink-soft">{lead}</p>}
          </div>
          {children}
        </main>
        <footer className="border-t border-line py-3 text-small">
          <ShopContact brand={brand} />
        </footer>
      </div>
    </div>
  );
}
