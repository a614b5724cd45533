import type { ReactNode } from "react";
import { capitalized } from "~/kernel/capitalized";
import { type Cents, type Quantity, quantityText } from "~/kernel/money";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/page";
import { StateMark, type Tone } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import type { CoreReturn, CurrentReturn, summarizeCores } from "./core";

/** Only staff see who recorded it. */
type Entry = CurrentReturn & Pick<CoreReturn, "at"> & { actor?: { name: string } };
export type CoreSummary = ReturnType<typeof summarizeCores<Entry>>[number];

const marks = {
  open: { label: "Out", tone: "amber" },
  credited: { label: "Credited", tone: "green" },
  forfeited: { label: "Forfeited", tone: "slate" },
} as const satisfies Record<CoreSummary["state"], { label: string; tone: Tone }>;

export const isOne = (quantity: Quantity): boolean => quantity === 1_000;
/** "the old part" or "the 2 old parts". */
export const oldParts = (out: Quantity): string => (isOne(out) ? "the old part" : `the ${quantityText(out)} old parts`);

function formatReturn(it: Entry, all: Quantity, money: (amount: Cents) => string): string {
  const label = `${isOne(all) ? "" : `${quantityText(it.quantity)} `}${formatOutcome(it, money)}`;
  return capitalized(label);
}

function formatOutcome({ outcome, credited, undone, why }: Entry, money: (amount: Cents) => string): string {
  switch (outcome) {
    case "credited":
      return `returned, ${money(credited)} credited${undone ? "; the credit was reversed" : ""}`;
    case "forfeited":
      return "forfeited";
    case "reopened":
      return `no longer forfeited${why ? `: ${why}` : ""}`;
  }
}

type ListProps<C extends CoreSummary> = { cores: readonly C[]; detail(core: C): ReactNode; commands?(core: C): ReactNode; note?: ReactNode };

/** Each core with its state and returns. */
export function CoreList<C extends CoreSummary>({ cores, detail, commands, note }: ListProps<C>) {
  const { money } = useFormat();
  return (
    <Section title="Cores">
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets. */}
      <ul role="list" aria-label="Cores" className="divide-y divide-line border-y border-line bg-panel">
        {cores.map((core) => (
          // The key resets and closes the forms after each recorded return.
          <li key={`${core.lineId} ${core.returns.length}`} className="grid gap-x-6 gap-y-2 px-3 py-3 lg:grid-cols-[minmax(0,1fr)_auto]">
            <div className="grid min-w-0 content-start gap-1">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <UnitPlate number={core.unit} />
                <span className="font-semibold break-words">{core.text}</span>
                {core.partNumber && <span className="font-mono text-small">{core.partNumber}</span>}
                {(core.isOut || core.state !== "open") && <StateMark bare {...marks[core.state]} />}
              </p>
              {detail(core)}
              {core.returns.map((one) => (
                <p key={one.id} className="text-small text-ink-soft">
                  {formatReturn(one, core.quantity, money)} · {one.actor && <>{one.actor.name} · </>}
                  <Moment at={one.at} />
                </p>
              ))}
            </div>
            {(core.isOut || core.mayReopen) && commands?.(core)}
          </li>
        ))}
      </ul>
      {note}
    </Section>
  );
}

/** For the customer: which old parts to bring back, and which were credited. */
export function PortalCores({ cores }: { cores: readonly CoreSummary[] }) {
  const { money } = useFormat();
  if (cores.length === 0) return null;
  return (
    <CoreList
      cores={cores}
      detail={({ isOut, out, outWorth }) =>
        isOut && (
          <p>
            Bring back {oldParts(out)} to get a {money(outWorth)} credit.
          </p>
        )
      }
    />
  );
}
