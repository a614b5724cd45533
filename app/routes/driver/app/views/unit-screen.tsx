import { useNavigate } from "react-router";
import { paths } from "~/kernel/paths";
import { Button, ButtonLink } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { UnitPlate } from "~/ui/unit-plate";
import { type Draft, newDraft } from "../draft";
import { type KeptRoadside, writeDraft } from "../phone/phone-database.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import { DefectList } from "./defect-list";
import { MissingScreen } from "./missing-screen";

/** One unit before the drive: may it be driven, what is open, the last report; then the inspection. */
export function UnitScreen({ id, drafts, roadside }: { id: string; drafts: readonly Draft[]; roadside: KeptRoadside | undefined }) {
  const { start, texts, labels, formatTime } = usePhone();
  const navigate = useNavigate();
  const unit = start.units.find((one) => one.id === id);
  if (!unit) return <MissingScreen />;
  const defects = start.defects.filter(({ assetId }) => assetId === unit.id);
  const open = defects.filter(({ state }) => state === "open");
  const unsafe = open.filter(({ severity }) => severity === "safety");
  const minor = open.filter(({ severity }) => severity !== "safety");
  const last = start.reports.find(({ assetId }) => assetId === unit.id);
  const draft = drafts.find(({ units }) => units.some(({ assetId }) => assetId === unit.id));
  const begin = async () => {
    const fresh = newDraft(start.driver.id, unit, { now: Date.now(), distanceUnit: start.shop.distanceUnit, checklists: start.checklists });
    await writeDraft(fresh);
    navigate(paths.driver.inspect(fresh.id, "kind"));
  };
  return (
    <Screen
      title={`${labels.unitKinds[unit.kind]} ${unit.unitNumber}`}
      actions={
        draft ? (
          <ButtonLink kind="primary" wide to={paths.driver.inspect(draft.id, "")}>
            {texts.continueInspection}
          </ButtonLink>
        ) : (
          <Button kind="primary" wide onClick={begin}>
            {texts.startInspection}
          </Button>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <UnitPlate number={unit.unitNumber} size="large" />
        <span>{[unit.year, unit.make, unit.model].filter(Boolean).join(" ")}</span>
        {unit.plate && <span className="text-ink-soft">{unit.plate}</span>}
      </div>
      {unit.outOfService !== null && <Notice tone="red" title={[texts.outOfService, unit.outOfService].filter(Boolean).join(": ")} />}
      {unsafe.length > 0 && (
        <>
          <Notice tone="red" title={texts.doNotOperate}>
            <p>{texts.doNotOperateWhy}</p>
          </Notice>
          <DefectList defects={unsafe} />
        </>
      )}
      {minor.length > 0 && (
        <section className="grid gap-2" aria-label={texts.openDefects}>
          <h2 className="text-lead">{texts.openDefects}</h2>
          <DefectList defects={minor} />
        </section>
      )}
      <section className="grid gap-1" aria-label={texts.lastReport}>
        <h2 className="text-lead">{texts.lastReport}</h2>
        <p className="text-ink-soft">
          {last
            ? `${labels.kinds[last.kind]}, ${formatTime(last.signedAt)}, ${last.driverName}: ${last.defects === 0 ? texts.clean : texts.defects(last.defects)}`
            : unit.isToday
              ? texts.noReports
              : texts.notOnPhone}
        </p>
      </section>
      {roadside && (
        <section className="grid gap-2" aria-label={texts.roadside}>
          <h2 className="text-lead">{texts.roadside}</h2>
          <p className="text-ink-soft">{texts.roadsideUntil(formatTime(roadside.expiresAt))}</p>
          <ButtonLink wide to={`${paths.driver.unit(unit.id)}/roadside`}>
            {texts.showRoadside}
          </ButtonLink>
        </section>
      )}
    </Screen>
  );
}
