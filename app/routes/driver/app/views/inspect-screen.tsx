import { useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "~/kernel/paths";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { changeUnit, type Draft, type DraftUnit, isAnswered, type Step, stepInHand, stepsOf, stepText } from "../draft";
import { dropDraft } from "../phone/phone-database.client";
import { usePhone } from "../phone-context";
import { useDraft } from "../use-draft";
import { FinishStep } from "./finish-step";
import { GroupStep } from "./group-step";
import { KindStep } from "./kind-step";
import { ReviewStep } from "./review-step";
import { SignStep } from "./sign-step";

/** An inspection, one question a screen. The address names the step, so that the phone's back button goes back one. */
export function InspectScreen({ loaded, step: text }: { loaded: Draft; step: string }) {
  const { start } = usePhone();
  const navigate = useNavigate();
  const { draft, isLost, change } = useDraft(loaded);
  const toReview = (unit: DraftUnit) =>
    start.defects.some(({ assetId, state, severity }) => assetId === unit.assetId && (state === "certified" || severity === "safety"));
  const steps = stepsOf(draft, toReview);
  const wanted = text || stepInHand(draft);
  const step: Step = steps.find((one) => stepText(one) === wanted) ?? steps.find((one) => !isAnswered(draft, one, start.defects)) ?? { name: "sign" };
  const at = steps.findIndex((one) => stepText(one) === stepText(step));
  const next = () => {
    const following = steps[at + 1];
    if (following) navigate(paths.driver.inspect(draft.id, stepText(following)));
  };
  const shared = { draft, change, next, progress: <Progress at={at + 1} of={steps.length} draft={draft} isLost={isLost} /> };
  if (step.name === "kind") return <KindStep {...shared} />;
  if (step.name === "sign") return <SignStep {...shared} />;
  const unit = draft.units[step.index];
  if (!unit) return null;
  const ofUnit = {
    ...shared,
    index: step.index,
    unit,
    changeThis: (by: (unit: DraftUnit) => Partial<DraftUnit>) => change((whole) => changeUnit(whole, step.index, by)),
  };
  if (step.name === "review") return <ReviewStep {...ofUnit} />;
  if (step.name === "finish") return <FinishStep {...ofUnit} />;
  return <GroupStep key={stepText(step)} {...ofUnit} group={step.group} />;
}

function Progress({ at, of, draft, isLost }: { at: number; of: number; draft: Draft; isLost: boolean }) {
  const { texts } = usePhone();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const discard = async () => {
    await dropDraft(draft.id);
    navigate(paths.driver.home, { replace: true });
  };
  return (
    <div className="grid gap-2 text-[1.0625rem]">
      <div className="flex items-center justify-between gap-4">
        <span className="text-ink-soft">
          {texts.step(at, of)} · {draft.units.map(({ unitNumber }) => unitNumber).join(" + ")}
        </span>
        <button type="button" className="min-h-12 text-ink-soft underline" onClick={() => setAsking(true)}>
          {texts.discard}
        </button>
      </div>
      <div role="progressbar" aria-label={texts.step(at, of)} aria-valuenow={at} aria-valuemin={0} aria-valuemax={of} className="h-2 rounded-corner bg-hover">
        <div className="h-2 rounded-corner bg-accent" style={{ width: `${(at / of) * 100}%` }} />
      </div>
      {isLost && <Notice tone="red" title={texts.notKept} />}
      {asking && (
        <div role="alertdialog" aria-label={texts.discard} className="grid gap-2">
          <p>{texts.discardSure}</p>
          <div className="flex flex-wrap gap-2">
            <Button kind="danger" onClick={discard}>
              {texts.discard}
            </Button>
            <Button autoFocus onClick={() => setAsking(false)}>
              {texts.keep}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
