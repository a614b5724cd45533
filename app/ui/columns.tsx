import type { ReactNode } from "react";

/** A record and its side column, side by side where there is room, stacked where not. */
export const Columns = ({ children, side }: { children: ReactNode; side: ReactNode }) => (
  <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">{children}</div>
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">{side}</div>
  </div>
);
