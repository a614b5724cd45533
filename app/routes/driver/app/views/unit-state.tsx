import { conditionFrom } from "~/modules/inspections/defects/defect";
import type { StartUnit } from "~/queries/driver/start.server";
import { StateMark } from "~/ui/state-mark";
import { usePhone } from "../phone-context";

/** "Do not operate", "Out of service" or the number of open defects; nothing where all is well. */
export function UnitState({ unit }: { unit: Pick<StartUnit, "id" | "outOfService"> }) {
  const { start, texts } = usePhone();
  const defects = start.defects.filter(({ assetId }) => assetId === unit.id);
  if (unit.outOfService !== null) return <StateMark tone="red" label={texts.outOfService} />;
  switch (conditionFrom(defects)) {
    case "do-not-operate":
      return <StateMark tone="red" label={texts.doNotOperate} />;
    case "open-defects":
      return <StateMark tone="amber" label={texts.defects(defects.filter(({ state }) => state === "open").length)} />;
    case "review-pending":
      return <StateMark tone="blue" label={texts.reviewTitle} />;
    case "ready":
      return null;
  }
}
