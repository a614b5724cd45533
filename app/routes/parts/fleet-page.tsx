import { ArrowLeft } from "lucide-react";
import { type ReactNode, useCallback, useMemo } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { FleetPicture } from "~/modules/telematics/fleet";
import { ageOf, FleetListRow, stateOf, UnitInstruments } from "~/modules/telematics/fleet.view";
import { type FleetRow, type FleetUnit, fleetRows, matching, motions, nameOf } from "~/modules/telematics/fleet-list";
import { motionLabels } from "~/modules/telematics/motion";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { Icon } from "~/ui/icon";
import { DataList } from "~/ui/list";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { FleetMapPane } from "~/ui/map/fleet-map";
import type { TrailPoint } from "~/ui/map/trail";
import type { MapUnit } from "~/ui/map/units";
import { usePlace } from "~/ui/map/use-place";
import { MoreRows, useRows } from "~/ui/more-rows";
import { Notice } from "~/ui/notice";
import { UnitPlate } from "~/ui/unit-plate";
import { useLiveFleet } from "./use-live-fleet";

type Props = {
  as: "staff" | "customer";
  organizationId: string;
  units: readonly FleetUnit[];
  picture: FleetPicture | null;
  /** The day's trail of the selected unit, if this viewer can see it. */
  trail?: readonly TrailPoint[] | null;
  empty: ReactNode;
  /** Shown below the instruments of a selected unit. */
  below?: ReactNode;
};

/** List, map and one unit's instruments. The selection is in the URL, so a link shows the same. */
export function FleetScreen({ as, organizationId, units, picture, trail, empty, below }: Props) {
  const { fleet, live } = useLiveFleet({ organizationId, as, picture });
  const { now: atFirst, distanceUnit } = useFormat();
  const now = useNow(atFirst);
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const query = params.get("q") ?? "";
  const only = states.find((state) => state === params.get("state")) ?? null;
  const selectedId = params.get("unit");

  const rows = useMemo(() => fleetRows(units, fleet, now), [units, fleet, now]);
  const found = useMemo(() => matching(rows, query), [rows, query]);
  const fitting = only ? found.filter((row) => fits(row, only)) : found;
  const selected = rows.find(({ unit }) => unit.id === selectedId) ?? null;
  const mapUnits = useMemo(() => fitting.flatMap(asMapUnit), [fitting]);
  const { rows: visible, left, grow } = useRows(fitting, params.has("whole"));
  const place = usePlace(selected?.snapshot ?? null, distanceUnit);
  const address = (changes: Record<string, string | null>) => addressWith(params, changes);
  const onSelect = useCallback(
    (id: string | null) => navigate(addressWith(params, { unit: id }), { preventScrollReset: true, replace: true }),
    [navigate, params],
  );

  if (units.length === 0) return <>{empty}</>;
  const { frame, list, drawer, heading: Heading } = layouts[as];
  return (
    <div className={`grid lg:grid-rows-[minmax(0,1fr)] ${frame}`}>
      <div className={`order-2 flex min-h-0 min-w-0 flex-col lg:order-none lg:border-r lg:border-line ${selected ? list : ""}`}>
        <header className="grid gap-2 px-(--gutter) py-3">
          <div className="flex items-center justify-between gap-3">
            <Heading className="text-title">Fleet</Heading>
            {/* The portal's shell shows the live state; here it shows only when positions don't come in. */}
            {(as === "staff" || live.status === "offline" || live.status === "too-many") && <LiveDot {...live} now={now} />}
          </div>
          {picture === null && (
            <Notice tone="amber" title="Live positions are unavailable">
              The list is complete. Positions will come back automatically.
            </Notice>
          )}
          <SearchField
            label="Find a unit"
            value={query}
            placeholder={as === "staff" ? "Unit, VIN, make, customer" : "Unit, VIN, make"}
            keep={only ? { state: only } : {}}
            live
          />
          <FilterChips label="State" chips={chipsOf(found, only, address)} />
        </header>
        <div className="min-h-0 flex-1 lg:overflow-y-auto">
          {visible.length === 0 ? (
            <div className="px-(--gutter)">
              <Empty
                title="No unit matches"
                body="Try another search, or choose All."
                action={<Link to={address({ q: null, state: null })}>Show all units</Link>}
              />
            </div>
          ) : (
            <DataList label="Units">
              {visible.map((row) => (
                <FleetListRow
                  key={row.unit.id}
                  row={row}
                  age={ageOf(row, now)}
                  to={address({ unit: row.unit.id })}
                  selected={row.unit.id === selectedId}
                  withCustomer={as === "staff"}
                />
              ))}
            </DataList>
          )}
          <MoreRows left={left} to={address({ whole: "yes" })} grow={grow} />
        </div>
      </div>
      <FleetMapPane
        units={mapUnits}
        selectedId={selectedId}
        onSelect={onSelect}
        trail={trail ?? null}
        className={`order-1 h-[46dvh] lg:order-none lg:h-auto ${mapUnits.length === 0 ? "hidden lg:block" : ""}`}
      />
      {selected && (
        <aside
          data-drawer
          aria-label={`Unit ${selected.unit.unitNumber}`}
          className={`order-2 grid min-h-0 content-start gap-4 px-(--gutter) py-3 lg:overflow-y-auto ${drawer}`}
        >
          <Link to={address({ unit: null })} preventScrollReset className="inline-flex min-h-(--target) items-center gap-1.5 text-accent">
            <Icon of={ArrowLeft} />
            All units
          </Link>
          <header className="grid gap-1">
            <UnitPlate number={selected.unit.unitNumber} state={stateOf(selected).tone} size="large" />
            <h2 className="text-lead">{nameOf(selected.unit)}</h2>
            {as === "staff" && <p className="text-ink-soft">{selected.unit.customer}</p>}
          </header>
          <UnitInstruments row={selected} place={place} now={now} />
          {below}
        </aside>
      )}
    </div>
  );
}

/**
 * Staff get three panes from 1280 px: list, map, unit. A customer's narrower page shows the unit in place of the list,
 * and so do all phones.
 */
const layouts = {
  staff: {
    heading: "h1",
    frame:
      "lg:h-[calc(100dvh-3rem)] lg:grid-cols-[minmax(19rem,23rem)_minmax(0,1fr)] xl:has-[[data-drawer]]:grid-cols-[minmax(19rem,23rem)_minmax(0,1fr)_22rem]",
    list: "hidden xl:flex",
    drawer: "lg:order-first lg:border-r lg:border-line xl:order-none xl:border-r-0 xl:border-l",
  },
  customer: {
    // A section of the home page, below what needs a decision.
    heading: "h2",
    frame: "border-t border-line lg:h-[calc(100dvh-11rem)] lg:min-h-120 lg:flex-none lg:grid-cols-[minmax(19rem,23rem)_minmax(0,1fr)]",
    list: "hidden",
    drawer: "lg:order-first lg:border-r lg:border-line",
  },
} as const;

function asMapUnit({ unit, snapshot, motion, critical }: FleetRow): MapUnit[] {
  if (!snapshot || motion === "none") return [];
  const { latitude, longitude, headingDegrees } = snapshot;
  return [{ id: unit.id, unitNumber: unit.unitNumber, latitude, longitude, headingDegrees, motion, critical: critical || unit.alarm?.tone === "red" }];
}

/** Beside how a unit moves, the list can be narrowed to units whose maintenance is due. */
const states = [...motions, "due"] as const;
const stateLabels = { ...motionLabels, due: "Maintenance due" };
const fits = ({ motion, unit }: FleetRow, state: string) => (state === "due" ? unit.due : motion === state);

function chipsOf(rows: readonly FleetRow[], only: string | null, address: (changes: Record<string, string | null>) => string) {
  const chips = states.map((state) => ({
    label: stateLabels[state],
    to: address({ state }),
    current: only === state,
    count: rows.filter((row) => fits(row, state)).length,
  }));
  return [
    { label: "All", to: address({ state: null }), current: only === null, count: rows.length },
    ...chips.filter((chip) => chip.count > 0 || chip.current),
  ];
}

function addressWith(params: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return `?${next}`;
}
