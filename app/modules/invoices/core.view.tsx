import { Form, Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Id } from "~/kernel/ids";
import { type Cents, formatMoney, type Quantity, quantityText } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { Moment } from "~/ui/clock";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import { StateMark, type Tone } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import type { CoreReturn, StandingReturn, toldOf } from "./core";
import { fieldOf, type Typed } from "./ledger-form.view";

/** Who took it back is told to staff alone. */
type Entry = StandingReturn & Pick<CoreReturn, "at"> & { actor?: { name: string } };
type Told = ReturnType<typeof toldOf<Entry>>[number];
type Manner = { currency: string; locale: string; zone: string; now: Parameters<typeof Moment>[0]["now"] };

const marks = {
  open: { word: "Out", tone: "amber" },
  credited: { word: "Credited", tone: "green" },
  forfeited: { word: "Forfeited", tone: "slate" },
} as const satisfies Record<Told["state"], { word: string; tone: Tone }>;

/** "2 of 3" where some are settled, "3" where none are; nothing of a single one. */
const countWords = (out: Quantity, all: Quantity): string | null =>
  out === all ? (all === 1_000 ? null : quantityText(all)) : `${quantityText(out)} of ${quantityText(all)}`;

function returnWords({ outcome, quantity, credited, undone }: Entry, all: Quantity, money: (amount: Cents) => string): string {
  const some = all === 1_000 ? "" : `${quantityText(quantity)} `;
  const words = outcome === "forfeited" ? `${some}forfeited` : `${some}came back, ${money(credited)} credited${undone ? "; the credit was reversed" : ""}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type ListProps = Manner & { cores: readonly Told[]; detail(core: Told): ReactNode; acts?(core: Told): ReactNode; note?: ReactNode };

function CoreList({ cores, detail, acts, note, ...manner }: ListProps) {
  const money = (amount: Cents) => formatMoney(amount, manner.currency, manner.locale);
  return (
    <Section title="Cores">
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the list role of a ul without bullets. */}
      <ul role="list" aria-label="Cores" className="divide-y divide-line border-y border-line bg-panel">
        {cores.map((core) => (
          <li key={core.lineId} className="grid gap-x-6 gap-y-2 px-3 py-3 lg:grid-cols-[minmax(0,1fr)_auto]">
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
            {core.isOut && acts?.(core)}
          </li>
        ))}
      </ul>
      {note}
    </Section>
  );
}

type StaffProps = Manner & {
  cores: readonly (Told & { fresh: { return: string; forfeit: string } })[];
  /** What came back with a refusal, of the form that was sent for this core. */
  typedOf(act: string, line: string): Typed;
  customerId: Id<"customer">;
};

/** The cores of an invoice: what is out, and what is done when the customer brings the old part, or never will. */
export function CoresSection({ cores, typedOf, customerId, ...manner }: StaffProps) {
  const money = (amount: Cents) => formatMoney(amount, manner.currency, manner.locale);
  const byLine = new Map(cores.map((core) => [core.lineId, core]));
  if (cores.length === 0) return null;
  return (
    <CoreList
      {...manner}
      cores={cores}
      detail={({ isOut, out, outWorth, quantity }) =>
        isOut && <p>{[countWords(out, quantity), `${money(outWorth)} with its tax is credited when the old part comes back`].filter(Boolean).join(" · ")}</p>
      }
      note={
        cores.some(({ returns }) => returns.some(({ outcome, undone }) => outcome === "credited" && !undone)) && (
          <p className="text-small text-ink-soft">
            Credited by mistake? Reverse its credit note on{" "}
            <Link to={paths.staff.account(customerId)} className="inline-flex min-h-6 items-center text-accent underline underline-offset-2">
              the customer's account
            </Link>
            ; then the core is out again.
          </p>
        )
      }
      acts={({ lineId, text, out, outWorth }) => {
        const fresh = byLine.get(lineId)?.fresh;
        return (
          <div className="flex flex-wrap items-start gap-2">
            <CoreForm act="return-core" line={lineId} id={fresh?.return} typed={typedOf("return-core", lineId)} out={out}>
              <SubmitButton kind="quiet" pendingWord="Crediting" aria-label={`Core returned: ${text}`}>
                Core returned
              </SubmitButton>
            </CoreForm>
            <Disclosure title="Forfeit" open={typedOf("forfeit-core", lineId) !== null}>
              <CoreForm act="forfeit-core" line={lineId} id={fresh?.forfeit} typed={typedOf("forfeit-core", lineId)} out={out}>
                <p className="max-w-80">The shop keeps {out > 1_000 ? "what these are worth" : money(outWorth)}: the old part never comes back.</p>
                <SubmitButton kind="danger" pendingWord="Forfeiting" aria-label={`Forfeit this core: ${text}`}>
                  Forfeit this core
                </SubmitButton>
              </CoreForm>
            </Disclosure>
          </div>
        );
      }}
    />
  );
}

type FormProps = { act: string; line: string; id: string | undefined; typed: Typed; out: Quantity; children: ReactNode };

/** Where more than one is out, it asks how many. */
const CoreForm = ({ act, line, id, typed, out, children }: FormProps) => (
  <Form method="post" className={act === "forfeit-core" ? "grid gap-3" : "flex flex-wrap items-end gap-2"} noValidate>
    <input type="hidden" name="act" value={act} />
    <input type="hidden" name="line" value={line} />
    <input type="hidden" name="id" value={id} />
    {out > 1_000 && (
      <div className="w-28">
        <Field label="How many" figures {...fieldOf(`${act}-${line}`, typed, "quantity", quantityText(out))} />
      </div>
    )}
    {children}
  </Form>
);

/** The same for the customer: which old parts are worth bringing back, and which were credited. */
export function OwnCores({ cores, ...manner }: Manner & { cores: readonly Told[] }) {
  const money = (amount: Cents) => formatMoney(amount, manner.currency, manner.locale);
  if (cores.length === 0) return null;
  return (
    <CoreList
      {...manner}
      cores={cores}
      detail={({ isOut, out, outWorth, quantity }) =>
        isOut && (
          <p>
            Bring back the old {out > 1_000 ? `parts (${countWords(out, quantity)})` : "part"} to get {money(outWorth)} back.
          </p>
        )
      }
    />
  );
}
