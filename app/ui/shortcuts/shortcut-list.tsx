import type { ReactNode } from "react";
import { Dialog } from "../dialog";
import { Switch } from "../field";
import type { NavGroup } from "../shell-parts";
import type { Shortcuts } from "./use-shortcuts";

const ANYWHERE = [
  ["/", "Search everything"],
  ["n", "New work order"],
  ["j", "Next row"],
  ["k", "Previous row"],
  ["Enter", "Open the row"],
  ["?", "This list"],
] as const;

const Key = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-block min-w-6 rounded-plate border border-control px-1.5 text-center font-mono text-small">{children}</kbd>
);

const Row = ({ keys, children }: { keys: readonly string[]; children: ReactNode }) => (
  <div className="flex items-center justify-between gap-4 border-b border-line py-1">
    <dt>{children}</dt>
    <dd className="flex gap-1">
      {keys.map((key) => (
        <Key key={key}>{key}</Key>
      ))}
    </dd>
  </div>
);

/** All keys of the page, and the switch that turns the single ones off. */
export function ShortcutList({ nav, shortcuts }: { nav: readonly NavGroup[]; shortcuts: Shortcuts }) {
  const places = nav.flatMap(({ items }) => items).filter(({ key }) => key !== undefined);
  return (
    <Dialog title="Keyboard shortcuts" open={shortcuts.listed} onClose={() => shortcuts.list(false)}>
      <Switch
        label="Use single-key shortcuts in this browser"
        name="shortcuts"
        defaultChecked={shortcuts.on}
        onChange={(event) => shortcuts.switchOn(event.currentTarget.checked)}
      />
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <dl>
          {ANYWHERE.map(([key, does]) => (
            <Row key={key} keys={[key]}>
              {does}
            </Row>
          ))}
        </dl>
        <dl>
          {places.map(({ key = "", label }) => (
            <Row key={key} keys={["g", key]}>
              {label}
            </Row>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}
