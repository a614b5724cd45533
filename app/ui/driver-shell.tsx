import type { ReactNode } from "react";
import { BrandMark, type ShopBrand } from "./brand-mark";
import { brandStyle, NotYou, SignOut, SkipLink } from "./shell-parts";

type Props = {
  brand: ShopBrand;
  /** Who is signed in; on a shared tablet with a way out for the next person. */
  whose?: { name: string; shared: boolean; label?: string; notYou?: ReactNode };
  /** How many items are unsent, or that everything is sent. */
  status?: ReactNode;
  /** In place of the plain form for signing out. */
  signOut?: ReactNode;
  /** The thumb zone: one or two 64 px buttons at the bottom. */
  actions?: ReactNode;
  children: ReactNode;
};

/** For reading at arm's length and tapping with gloves. System fonts only. */
export function DriverShell({ brand, whose, status, signOut, actions, children }: Props) {
  const style = brandStyle(brand);
  return (
    <div style={style.style} className={`driver density-driver mx-auto flex min-h-dvh max-w-[36rem] flex-col bg-panel ${style.className}`}>
      <SkipLink />
      <header className="divide-y divide-line border-b border-line text-[1.125rem]">
        <div className="flex items-center justify-between gap-3 px-(--gutter)">
          <BrandMark brand={brand} />
          {signOut ?? <SignOut as="driver" className="-mr-2" />}
        </div>
        {whose && (
          <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 px-(--gutter)">
            <span>
              {whose.label ?? "Signed in:"} <strong>{whose.name}</strong>
            </span>
            {whose.shared && (whose.notYou ?? <NotYou className="-mr-2" />)}
          </div>
        )}
        {status && <div className="px-(--gutter) py-2">{status}</div>}
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col gap-4 px-(--gutter) py-4">
        {children}
      </main>
      {actions && (
        <div className="sticky bottom-0 grid gap-2 border-t border-line bg-panel px-(--gutter) pt-3 pb-[max(1rem,env(safe-area-inset-bottom))]">{actions}</div>
      )}
    </div>
  );
}
