import { ClipboardPen, Map as MapIcon, Pencil, Plus, QrCode as QrIcon } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { nameOfAsset, yearDiffers } from "~/modules/assets/asset";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { DeferredWork } from "~/modules/estimates/deferred.view";
import { defectTitle } from "~/modules/inspections/checklists/labels";
import { ConditionMark } from "~/modules/inspections/condition.view";
import { unitCondition } from "~/modules/inspections/defects/defect";
import { unitStatus } from "~/modules/work-orders/unit-status/unit-status";
import { statusTones } from "~/modules/work-orders/unit-status/unit-status.view";
import { docketNumber } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { ActivityTimeline } from "~/ui/activity-timeline";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Columns } from "~/ui/columns";
import { useCan } from "~/ui/command-form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { LiveDot } from "~/ui/live-dot";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";
import { UnitMaintenance } from "../../parts/unit-maintenance";
import { useShopRoom } from "../use-shop-room";
import { action } from "./commands.server";
import { assetPage, type PageData } from "./data.server";
import { AssetFacts } from "./facts";
import { AssetHistory, AssetOrders } from "./history";
import { AssetInspections } from "./inspections";
import { ManageAsset } from "./manage";
import { ReadingsToReview, RecordReading } from "./meters";

export const meta = ({ loaderData }: { loaderData?: { unit: { unitNumber: string } } }) => [
  { title: loaderData ? `Unit ${loaderData.unit.unitNumber}` : "Unit" },
];

/** Revalidates after a refused form too, so the page shows the latest data next to the error. */
export const shouldRevalidate = () => true;

export const loader = staff.loader("asset:read", assetPage, action);

export { action };

export default function Asset() {
  const { unit, deferred, attachments, orders, activity, defects, maintenance } = useLoaderData<PageData>();
  const { live } = useShopRoom(["asset", "work-order", "estimate", "inspection"]);
  const condition = unitCondition(defects);
  const barring = defects.filter(({ state, severity }) => state === "open" && severity === "safety");
  const { now } = useFormat();
  const mayManage = useCan<typeof action>()("archive") === null;
  const { status, label } = unitStatus(unit, orders);
  const vinModelYear = yearDiffers(unit, new Date(now).getUTCFullYear());
  return (
    <>
      <PageHeader
        title={nameOfAsset(unit)}
        mark={<UnitPlate number={unit.unitNumber} state={barring.length > 0 ? "red" : statusTones[status]} size="medium" />}
        state={
          <>
            {unit.archivedAt === null ? <StateMark tone={statusTones[status]} label={label} /> : <StateMark tone="slate" label="Archived" />}
            <ConditionMark condition={condition} />
            <LiveDot {...live} now={now} />
          </>
        }
        action={
          <>
            {unit.archivedAt === null && (
              <ButtonLink to={`${paths.staff.newOrder}?unit=${unit.id}`} kind="primary" icon={Plus}>
                New work order
              </ButtonLink>
            )}
            {unit.archivedAt === null && (
              <ButtonLink to={`${paths.staff.newEstimate}?unit=${unit.id}`} icon={ClipboardPen}>
                New estimate
              </ButtonLink>
            )}
            <ButtonLink to={paths.staff.unit(unit.id)} icon={MapIcon}>
              On the map
            </ButtonLink>
            <ButtonLink to={paths.staff.assetLabel(unit.id)} icon={QrIcon}>
              Label
            </ButtonLink>
            {mayManage && unit.archivedAt === null && (
              <ButtonLink to={paths.staff.assetForm(unit.id)} icon={Pencil}>
                Edit
              </ButtonLink>
            )}
          </>
        }
      />
      <PageBody>
        <FormResult result={useFormResult<typeof action>(unit.version)} />
        {unit.outOfServiceAt !== null && (
          <Notice tone="red" title={`Out of service: ${unit.outOfServiceWhy}`}>
            <p>
              Since <Moment at={unit.outOfServiceAt} />
            </p>
          </Notice>
        )}
        {barring.length > 0 && (
          <Notice tone="red" title={`Do not operate: ${barring.map((defect) => defectTitle(defect)).join(", ")}`}>
            <p>A driver found it unsafe to drive. It may be driven again once the repair is certified.</p>
          </Notice>
        )}
        {vinModelYear !== null && <Notice tone="amber" title={`The VIN gives model year ${vinModelYear}, but ${unit.year} is on file.`} />}
        <Columns
          side={
            <>
              <ReadingsToReview />
              {unit.archivedAt === null && <RecordReading />}
              {mayManage && unit.archivedAt === null && <ManageAsset />}
              <Section title="Activity">
                <ActivityTimeline lines={activity} />
              </Section>
            </>
          }
        >
          <AssetFacts />
          <AssetInspections />
          <UnitMaintenance
            rows={maintenance}
            to={paths.staff.assetMaintenance(unit.id)}
            empty="Nothing is due."
            order={({ openOrder }) => openOrder && <TextLink to={paths.staff.order(openOrder.id)}>{docketNumber(openOrder.number)}</TextLink>}
          />
          <AssetOrders />
          <DeferredWork assetId={unit.id} deferred={deferred} />
          <AssetHistory />
          <AttachmentPanel {...attachments} />
        </Columns>
      </PageBody>
    </>
  );
}
