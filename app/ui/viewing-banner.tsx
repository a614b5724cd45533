import { EyeOff } from "lucide-react";
import { paths } from "~/kernel/paths";
import { Button } from "./button";
import { StateGlyph } from "./state-mark";

type Props = {
  as: "customer" | "vendor";
  /** The person being viewed: "Renee Okafor of Northline Freight". */
  name: string;
};

/** Shown on every page of a portal that staff view as one of its people. */
export function ViewingBanner({ as, name }: Props) {
  return (
    <aside aria-label="Viewing" data-tone="amber" className="no-print sticky top-0 z-10 border-b border-tone/40 bg-tone-soft text-tone-ink">
      <div className="mx-auto flex max-w-[67.5rem] flex-wrap items-center justify-between gap-x-4 gap-y-1 px-(--gutter) py-1.5">
        <p className="flex min-w-0 flex-1 basis-60 items-center gap-2.5">
          <StateGlyph tone="amber" />
          <span>
            You're viewing as <strong>{name}</strong>. Changes are off.
          </span>
        </p>
        <form method="post" action={paths.signOut}>
          <input type="hidden" name="as" value={as} />
          <Button type="submit" icon={EyeOff}>
            Stop viewing
          </Button>
        </form>
      </div>
    </aside>
  );
}
