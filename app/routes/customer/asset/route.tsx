import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { kindLabels, nameOfAsset } from "~/modules/assets/asset";
import type { Meter } from "~/modules/assets/meters/meter";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { seesWork } from "~/modules/customers/contacts/contact-rights";
import { isExpired } from "~/modules/estimates/estimate";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { conditionMark } from "~/modules/inspections/condition.view";
import { unitCondition } from "~/modules/inspections/defects/defect";
import { UnitInstruments } from "~/modules/telematics/fleet.view";
import { fleetRows } from "~/modules/telematics/fleet-list";
import { TrackedOrders } from "~/modules/work-orders/tracker/tracker.view";
import { unitStatus } from "~/modules/work-orders/unit-status/unit-status";
import { statusTones } from "~/modules/work-orders/unit-status/unit-status.view";
import { customer } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readPortalDeferredWork, readPortalEstimates } from "~/queries/customer/estimates.server";
import { readPortalUnit } from "~/queries/customer/unit.server";
import { readPortalHistory, readPortalOrders } from "~/queries/customer/work-orders.server";
import { readWaitingDefects } from "~/queries/defects.server";
import { readInspectionsOf } from "~/queries/inspections.server";
import { readScheduledOf } from "~/queries/maintenance-list.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { LazySection, lazySection } from "~/ui/lazy-section";
import { useNow } from "~/ui/live/use-now";
import { FleetMapPane } from "~/ui/map/fleet-map";
import { usePlace } from "~/ui/map/use-place";
import { Notice } from "~/ui/notice";
import { Fact, Facts, PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { useLiveFleet } from "../../parts/use-live-fleet";

export const meta = ({ loaderData }: { loaderData?: { unit: { unitNumber: string } } }) => [
  { title: loaderData ? `Unit ${loaderData.unit.unitNumber}` : "Unit" },
];

const unitMaintenance = lazySection(() => import("../../parts/unit-maintenance").then((file) => file.UnitMaintenance));
const unitInspections = lazySection(() => import("../../parts/unit-inspections").then((file) => file.UnitInspections));
const unitPast = lazySection(() => import("./unit-past").then((file) => file.UnitPast));

export const loader = customer.loader("asset:read", async ({ services, session, params, url }) => {
  const id = orNotFound(parseId("asset", params.assetId));
  const { db } = services;
  const { id: organizationId, zone } = session.organization;
  const now = services.clock.now();
  const [found, rights] = await Promise.all([readPortalUnit(services, id), readContactRights(db)]);
  const { orders: openOrders, ...record } = orNotFound(found);
  const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
  const sees = seesWork(rights);
  const [orders, history, estimates, deferred, defects, inspections, maintenance] = await Promise.all([
    sees ? readPortalOrders(db, { now, assetId: id }) : [],
    sees ? readPortalHistory(db, record.unit, before ? Number(before) : null) : null,
    rights.documents ? readPortalEstimates(db, null, { assetId: id }) : null,
    rights.documents ? readPortalDeferredWork(db, id) : [],
    sees ? readWaitingDefects(db, id) : [],
    sees ? readInspectionsOf(db, id) : [],
    readScheduledOf(db, id),
  ]);
  return {
    ...record,
    status: unitStatus(record.unit, openOrders),
    orders,
    history,
    estimates: estimates?.rows.map((row) => ({ ...row, isExpired: row.state === "sent" && isExpired(row.validThrough, now, zone) })),
    deferred,
    defects,
    inspections,
    maintenance,
    // In words from here, so that the page begins without the code of inspections.
    barring: defects.filter(({ state, severity }) => state === "open" && severity === "safety").map((defect) => defectTitle(defect)),
    condition: conditionMark(unitCondition(defects)),
    first: !before,
    certifies: rights.certify,
    mayAsk: rights.service && record.unit.archivedAt === null,
    organizationId,
  };
});

export default function PortalAsset() {
  const data = useLoaderData<typeof loader>();
  const { unit, status, orders, history, estimates, deferred, mayAsk, barring, condition } = data;
  return (
    <>
      <PageHeader
        title={nameOfAsset(unit)}
        mark={<UnitPlate number={unit.unitNumber} state={barring.length > 0 ? "red" : statusTones[status.status]} size="medium" />}
        state={
          <>
            <StateMark tone={statusTones[status.status]} label={status.label} />
            {condition && <StateMark {...condition} />}
          </>
        }
        action={
          mayAsk && (
            <ButtonLink to={paths.customer.request(unit.id)} kind="primary" icon={Plus}>
              Request service
            </ButtonLink>
          )
        }
      />
      <PageBody>
        {barring.length > 0 && (
          <Notice tone="red" title={`Do not operate: ${barring.join(", ")}`}>
            <p>A driver found it unsafe to drive. It may be driven again once the repair is certified.</p>
          </Notice>
        )}
        {orders.length > 0 && (
          <Section title="At the shop" count={orders.length}>
            <TrackedOrders orders={orders} />
          </Section>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Facts>
              <Fact term={unit.kind === "equipment" ? "Serial number" : "VIN"} code>
                {unit.vin ?? "not on file"}
              </Fact>
              <Fact term="Year">{unit.year ?? "not on file"}</Fact>
              <Fact term="Make">{unit.make ?? "not on file"}</Fact>
              <Fact term="Model">{unit.model ?? "not on file"}</Fact>
              <Fact term="Kind">{kindLabels[unit.kind]}</Fact>
              <Fact term="Plate" code>
                {unit.plate ?? "none"}
              </Fact>
            </Facts>
            {data.defects.length + data.inspections.length > 0 && (
              <LazySection
                section={unitInspections}
                props={{ unitId: unit.id, defects: data.defects, inspections: data.inspections, certifies: data.certifies }}
              />
            )}
            {data.maintenance.length > 0 && (
              <LazySection section={unitMaintenance} props={{ rows: data.maintenance, to: paths.customer.maintenance, empty: "Nothing is due." }} />
            )}
            <LazySection section={unitPast} props={{ history, deferred, estimates, first: data.first }} />
          </div>
          <RightNow />
        </div>
      </PageBody>
    </>
  );
}

/** The unit's location and live data while it has a tracker and the shop shares it, and its last meter readings. */
function RightNow() {
  const { unit, picture, mayAsk, organizationId } = useLoaderData<typeof loader>();
  const { distanceUnit, now: atFirst } = useFormat();
  const { fleet } = useLiveFleet({ organizationId, as: "customer", picture });
  const now = useNow(atFirst);
  const [row] = fleetRows([unit], fleet, now);
  const snapshot = row?.snapshot ?? null;
  const place = usePlace(snapshot, distanceUnit);
  if (!row) return null;
  return (
    <div className="-order-1 grid grid-cols-[minmax(0,1fr)] gap-4 lg:order-none">
      <Section title="Right now">
        {unit.tracked && !unit.shared ? (
          <Notice tone="slate" title="Location sharing is off.">
            <p>The shop doesn't share this unit's location and live data. Contact them if you need it.</p>
          </Notice>
        ) : picture === null ? (
          <Notice tone="amber" title="Live positions are unavailable">
            <p>They'll come back automatically.</p>
          </Notice>
        ) : (
          <UnitInstruments
            row={row}
            place={place}
            now={now}
            withVin={false}
            faultAction={({ code, title }) =>
              mayAsk && (
                <ButtonLink to={paths.customer.request(unit.id, code)} icon={Plus} className="justify-self-start" aria-label={`Request service for ${title}`}>
                  Request service
                </ButtonLink>
              )
            }
          />
        )}
      </Section>
      {snapshot && (
        <FleetMapPane
          units={[{ id: unit.id, unitNumber: unit.unitNumber, motion: row.motion === "none" ? "stale" : row.motion, critical: row.critical, ...snapshot }]}
          selectedId={unit.id}
          onSelect={() => {}}
          className="h-72 rounded-corner border border-line"
        />
      )}
      {!snapshot && unit.kind !== "trailer" && (
        <Facts>
          <LastRead term="Odometer" meter="odometer" reading={unit.odometer} />
          <LastRead term="Engine hours" meter="engine" reading={unit.engine} />
        </Facts>
      )}
    </div>
  );
}

type Reading = { value: number; at: Parameters<typeof Moment>[0]["at"] } | null;

function LastRead({ term, meter, reading }: { term: string; meter: Meter; reading: Reading }) {
  const format = useFormat();
  return (
    <Fact term={term}>
      {reading === null ? (
        "no reading yet"
      ) : (
        <>
          {format.reading(meter, reading.value)}{" "}
          <span className="block text-small text-ink-soft">
            <Moment at={reading.at} />
          </span>
        </>
      )}
    </Fact>
  );
}
