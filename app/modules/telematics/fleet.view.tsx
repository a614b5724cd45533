import { memo, type ReactNode } from "react";
import { formatAge } from "~/kernel/time";
import { compassPoint, formatSpeed } from "~/kernel/units";
import { useFormat } from "~/ui/format";
import { DataRow } from "~/ui/list";
import { Fact, Facts, Section } from "~/ui/page";
import { StateMark, type Tone } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { describeFault, type FaultDescription } from "./faults/faults";
import { type FleetRow, type FleetUnit, meterNow, nameOf } from "./fleet-list";
import { type Motion, motionLabels } from "./motion";
import { faultKey } from "./readings/reading";

export const motionTones: Record<Motion, Tone> = { moving: "green", idle: "blue", stopped: "slate", stale: "amber", none: "slate" };
const urgencyTones: Record<"stop" | "soon" | "plan", Tone> = { stop: "red", soon: "amber", plan: "slate" };
const urgencyLabels = { stop: "Stop now", soon: "Soon", plan: "Next service" };

/** The one state of a unit: that it may not be driven, then a critical fault, what else is to be known before its motion. */
export function stateOf({ critical, motion, unit: { alarm } }: Pick<FleetRow, "critical" | "motion"> & { unit: Pick<FleetUnit, "alarm"> }): {
  tone: Tone;
  label: string;
} {
  if (alarm?.tone === "red") return alarm;
  if (critical) return { tone: "red", label: "Critical fault" };
  return alarm ?? { tone: motionTones[motion], label: motionLabels[motion] };
}

const ago = (age: string) => (age === "now" ? "now" : `${age} ago`);

const noAgeLabel = ({ tracked, shared }: FleetUnit): string => (!tracked ? "no tracker" : shared ? "no data yet" : "location off");

const noReadingLabel = ({ tracked, shared }: FleetUnit): string =>
  !tracked ? "No tracker assigned." : shared ? "No data from its tracker yet." : "The shop turned off location sharing for this unit.";

type RowProps = { row: FleetRow; age: string | null; to: string; selected: boolean; withCustomer: boolean };

/** A row of the fleet list: unit number, description, state and age of the data. */
export const FleetListRow = memo(function FleetListRow({ row, age, to, selected, withCustomer }: RowProps) {
  const { tone, label } = stateOf(row);
  const { unit } = row;
  return (
    <DataRow
      to={to}
      selected={selected}
      link={{ preventScrollReset: true }}
      lead={<UnitPlate number={unit.unitNumber} state={tone} />}
      title={nameOf(unit)}
      detail={withCustomer ? unit.customer : undefined}
      end={
        <span className="grid justify-items-end leading-tight">
          <StateMark tone={tone} label={label} />
          <span className="text-small text-ink-soft tabular-nums">{age === null ? noAgeLabel(unit) : ago(age)}</span>
          {unit.due && <span className="text-small">Maintenance {unit.due}</span>}
        </span>
      }
    />
  );
});

export const ageOf = (row: FleetRow, now: number): string | null => (row.snapshot ? formatAge(Math.max(0, now - row.snapshot.recordedAt)) : null);

type DetailProps = {
  row: FleetRow;
  /** "9 mi NE of Pontiac", or null without a nearby town. */
  place: string | null;
  now: number;
  /** False if the page already shows the VIN. */
  withVin?: boolean;
  /** Action for a fault. */
  faultAction?(fault: FaultDescription): ReactNode;
};

/** A unit's live state, meters and fault codes. */
export function UnitInstruments({ row, place, now, withVin = true, faultAction }: DetailProps) {
  const { reading, distanceUnit, locale } = useFormat();
  const { unit, snapshot } = row;
  const { tone, label } = stateOf(row);
  const age = ageOf(row, now);
  const odometer = meterNow(unit.odometer, snapshot?.odometerMeters, "odometer");
  const engine = meterNow(unit.engine, snapshot?.engineSeconds, "engine");
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateMark tone={tone} label={label} />
        <span className="text-ink-soft">{age === null ? noReadingLabel(unit) : `as of ${ago(age)}`}</span>
        {unit.due && <span>Maintenance {unit.due}</span>}
      </p>
      {snapshot && (
        <p>
          {place && <span className="block font-semibold">{place}</span>}
          <span className="text-small text-ink-soft tabular-nums">
            {snapshot.latitude.toFixed(5)}, {snapshot.longitude.toFixed(5)}
          </span>
        </p>
      )}
      {(snapshot || withVin) && (
        <Facts>
          {snapshot && (
            <>
              <Fact term="Speed">{snapshot.speedMps === null ? "not reported" : formatSpeed(snapshot.speedMps, distanceUnit, locale)}</Fact>
              <Fact term="Heading">{snapshot.headingDegrees === null ? "not reported" : compassPoint(snapshot.headingDegrees)}</Fact>
              <Fact term="Odometer">{odometer === null ? "not reported" : reading("odometer", odometer)}</Fact>
              <Fact term="Engine hours">{engine === null ? "not reported" : reading("engine", engine)}</Fact>
            </>
          )}
          {withVin && (
            <Fact term="VIN" code>
              {unit.vin ?? "not on file"}
            </Fact>
          )}
        </Facts>
      )}
      {snapshot && (
        <Section title="Fault codes" count={snapshot.faults.length}>
          {snapshot.faults.length === 0 ? (
            <p className="text-ink-soft">None reported.</p>
          ) : (
            <ul className="divide-y divide-line border-y border-line">
              {snapshot.faults.map(({ fault, since }) => {
                const described = describeFault(fault);
                const { code, title, urgency } = described;
                return (
                  <li key={faultKey(fault)} className="grid gap-0.5 py-2">
                    <span className="flex flex-wrap items-center justify-between gap-x-3">
                      <span className="font-mono text-small">{code}</span>
                      <StateMark tone={urgencyTones[urgency]} label={urgencyLabels[urgency]} />
                    </span>
                    <span>{title}</span>
                    <span className="text-small text-ink-soft">since {formatAge(Math.max(0, now - since))}</span>
                    {faultAction?.(described)}
                  </li>
                );
              })}
            </ul>
          )}
        </Section>
      )}
    </>
  );
}
