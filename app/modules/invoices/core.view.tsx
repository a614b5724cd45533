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

const isOne = (quantity: Quantity): boolean => quantity === 1_000;
/** The old part, or how many of them. */
const oldParts = (out: Quantity): string => (isOne(out) ? "the old part" : `the ${quantityText(out)} old parts`);

function returnWords({ outcome, quantity, credited, undone }: Entry, all: Quantity, money: (amount: Cents) => string): string {
  const some = isOne(all) ? "" : `${quantityText(quantity)} `;
  const words = outcome === "forfeited" ? `${some}forfeited` : `${some}came back, ${money(credited)} credited${undone ? "; the credit was reversed" : ""}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type ListProps<C extends Told> = Manner & { cores: readonly C[]; detail(core: C): ReactNode; acts?(core: C): ReactNode; note?: ReactNode };

function CoreList<C extends Told>({ cores, detail, acts, note, ...manner }: ListProps<C>) {
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
  if (cores.length === 0) return null;
  return (
    <CoreList
      {...manner}
      cores={cores}
      detail={({ isOut, out, outWorth }) =>
        isOut && (
          <p>
            {money(outWorth)} with its tax is credited when {oldParts(out)} {isOne(out) ? "comes" : "come"} back.
          </p>
        )
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
      acts={({ lineId, text, out, outWorth, fresh }) => {
        const forfeit = isOne(out) ? "Forfeit this core" : "Forfeit these";
        const credit = isOne(out) ? "Core returned" : "Credit these";
        const back = (
          <CoreForm act="return-core" line={lineId} id={fresh.return} typed={typedOf("return-core", lineId)} out={out}>
            <SubmitButton kind="quiet" pendingWord="Crediting" aria-label={`${credit}: ${text}`}>
              {credit}
            </SubmitButton>
          </CoreForm>
        );
        return (
          <div className="flex flex-wrap items-start gap-2">
            {isOne(out) ? (
              back
            ) : (
              <Disclosure title="Core returned" open={typedOf("return-core", lineId) !== null}>
                {back}
              </Disclosure>
            )}
            <Disclosure title="Forfeit" open={typedOf("forfeit-core", lineId) !== null}>
              <CoreForm act="forfeit-core" line={lineId} id={fresh.forfeit} typed={typedOf("forfeit-core", lineId)} out={out}>
                <p className="max-w-80">The shop keeps {isOne(out) ? money(outWorth) : "what these are worth"}: nobody brings the old part any more.</p>
                <SubmitButton kind="danger" pendingWord="Forfeiting" aria-label={`${forfeit}: ${text}`}>
                  {forfeit}
                </SubmitButton>
              </CoreForm>
            </Disclosure>
          </div>
        );
      }}
    />
  );
}

type FormProps = { act: string; line: string; id: string; typed: Typed; out: Quantity; children: ReactNode };

/** Where more than one is out, it asks how many. */
const CoreForm = ({ act, line, id, typed, out, children }: FormProps) => (
  <Form method="post" className={act === "forfeit-core" ? "grid gap-3" : "flex flex-wrap items-end gap-2"} noValidate>
    <input type="hidden" name="act" value={act} />
    <input type="hidden" name="line" value={line} />
    <input type="hidden" name="id" value={id} />
    {!isOne(out) && (
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
