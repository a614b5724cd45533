import { useState } from "react";
import type { StartDefect } from "~/queries/driver/start.server";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { TextArea } from "~/ui/text-area";
import { isReviewed } from "../draft";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import { DefectList } from "./defect-list";
import type { UnitStepProps } from "./step-props";

/** What was repaired since the last report, and what still bars driving (49 CFR 396.13). */
export function ReviewStep({ unit, changeThis, next, progress }: UnitStepProps) {
  const { start, texts } = usePhone();
  const defects = start.defects.filter(({ assetId }) => assetId === unit.assetId);
  const certified = defects.filter(({ state }) => state === "certified");
  const unsafe = defects.filter(({ state, severity }) => state === "open" && severity === "safety");
  const isMissing = certified.some(({ id }) => !unit.reviews.some((review) => review.defectId === id && isReviewed(review)));
  return (
    <Screen
      title={certified.length > 0 ? texts.reviewTitle : texts.doNotOperate}
      lead={certified.length > 0 ? texts.reviewLead : texts.doNotOperateWhy}
      actions={
        <Button kind="primary" wide blocked={isMissing ? texts.chooseOne : null} onClick={next}>
          {texts.next}
        </Button>
      }
    >
      {progress}
      {unsafe.length > 0 && (
        <>
          {certified.length > 0 && (
            <Notice tone="red" title={texts.doNotOperate}>
              <p>{texts.doNotOperateWhy}</p>
            </Notice>
          )}
          <DefectList defects={unsafe} />
        </>
      )}
      {certified.length > 0 && <DefectList defects={certified}>{(defect) => <Review defect={defect} unit={unit} changeThis={changeThis} />}</DefectList>}
    </Screen>
  );
}

function Review({ defect, unit, changeThis }: { defect: StartDefect } & Pick<UnitStepProps, "unit" | "changeThis">) {
  const { texts } = usePhone();
  const review = unit.reviews.find(({ defectId }) => defectId === defect.id);
  const [reason, setReason] = useState(review?.reason ?? "");
  const answer = (outcome: "accepted" | "rejected", why: string) =>
    changeThis(({ reviews }) => ({
      reviews: [
        ...reviews.filter(({ defectId }) => defectId !== defect.id),
        { defectId: defect.id, round: defect.certification?.round ?? 1, outcome, reason: outcome === "rejected" ? why : "" },
      ],
    }));
  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-2 gap-2">
        <Button
          kind={review?.outcome === "accepted" ? "primary" : "quiet"}
          aria-pressed={review?.outcome === "accepted"}
          onClick={() => answer("accepted", "")}
        >
          {texts.accept}
        </Button>
        <Button
          kind={review?.outcome === "rejected" ? "danger" : "quiet"}
          aria-pressed={review?.outcome === "rejected"}
          onClick={() => answer("rejected", reason)}
        >
          {texts.reject}
        </Button>
      </div>
      {review?.outcome === "rejected" && (
        <TextArea
          label={texts.rejectWhy}
          name="reason"
          id={`reason-${defect.id}`}
          defaultValue={reason}
          maxLength={1_000}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            void answer("rejected", event.currentTarget.value);
          }}
        />
      )}
    </div>
  );
}
