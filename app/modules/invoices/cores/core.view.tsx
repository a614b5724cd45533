import type { ReactNode } from "react";
import { type Cents, formatMoney, type Quantity, quantityText } from "~/kernel/money";
import { Moment } from "~/ui/clock";
import { Section } from "~/ui/page";
import { StateMark, type Tone } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import type { CoreReturn, StandingReturn, toldOf } from "./core";

/** Who took it back is told to staff alone. */
type Entry = StandingReturn & Pick<CoreReturn, "at"> & { actor?: { name: string } };
export type Told = ReturnType<typeof toldOf<Entry>>[number];
export type Manner = { currency: string; locale: string; zone: string; now: Parameters<typeof Moment>[0]["now"] };

const marks = {
  open: { word: "Out", tone: "amber" },
  credited: { word: "Credited", tone: "green" },
  forfeited: { word: "Forfeited", tone: "slate" },
} as const satisfies Record<Told["state"], { word: string; tone: Tone }>;

export const isOne = (quantity: Quantity): boolean => quantity === 1_000;
/** The old part, or how many of them. */
export const oldParts = (out: Quantity): string => (isOne(out) ? "the old part" : `the ${quantityText(out)} old parts`);

function returnWords(it: Entry, all: Quantity, money: (amount: Cents) => string): string {
  const words = `${isOne(all) ? "" : `${quantityText(it.quantity)} `}${outcomeWords(it, money)}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function outcomeWords({ outcome, credited, undone, why }: Entry, money: (amount: Cents) => string): string {
  switch (outcome) {
    case "credited":
      return `came back, ${money(credited)} credited${undone ? "; the credit was reversed" : ""}`;
    case "forfeited":
      return "forfeited";
    case "reopened":
      return `no longer forfeited${why ? `: ${why}` : ""}`;
  }
}

type ListProps<C extends Told> = Manner & { cores: readonly C[]; detail(core: C): ReactNode; acts?(core: C): ReactNode; note?: ReactNode };

/** Each core with how it stands and what became of it. */
export function CoreList<C extends Told>({ cores, detail, acts, note, ...manner }: ListProps<C>) {
  const money = (amount: Cents) => formatMoney(amount, manner.currency, manner.locale);
  return (
    <Section title="Cores">
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets. */}
      <ul role="list" aria-label="Cores" className="divide-y divide-line border-y border-line bg-panel">
        {cores.map((core) => (
          // With what was just recorded, its forms begin again, closed.
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
                  {returnWords(one, core.quantity, money)} · {one.actor && <>{one.actor.name} · </>}
                  <Moment at={one.at} zone={manner.zone} locale={manner.locale} now={manner.now} />
                </p>
              ))}
            </div>
            {(core.isOut || core.mayReopen) && acts?.(core)}
          </li>
        ))}
      </ul>
      {note}
    </Section>
  );
}

/** For the customer: which old parts are worth bringing back, and which were credited. */
export function OwnCores({ cores, ...manner }: Manner & { cores: readonly Told[] }) {
  const money = (amount: Cents) => formatMoney(amount, manner.currency, manner.locale);
  if (cores.length === 0) return null;
  return (
    <CoreList
      {...manner}
      cores={cores}
      detail={({ isOut, out, outWorth }) =>
        isOut && (
          <p>
            Bring back {oldParts(out)} to get {money(outWorth)} back.
          </p>
        )
      }
    />
  );
}
