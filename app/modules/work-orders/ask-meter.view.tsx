import { useEffect } from "react";
import { useFetcher } from "react-router";
import { paths } from "~/kernel/paths";
import { meterOf } from "~/modules/assets/meters/meter";
import { Dialog } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import type { Card } from "./board/board-view";

type Answer = { problem: { fields?: Record<string, string> } | null };
type Props = { card: Card | null; onClose(): void };

/** Asks for a meter reading after an order was completed on the board. Closing it skips the reading. */
export function AskMeter({ card, onClose }: Props) {
  const { distanceUnit } = useFormat();
  const { data, state, Form } = useFetcher<Answer>();
  const recorded = state === "idle" && data?.problem === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes once, when the reading was saved.
  useEffect(() => {
    if (recorded) onClose();
  }, [recorded]);
  const meter = card && meterOf[card.kind];
  if (!card || !meter) return null;
  return (
    <Dialog title={`WO-${card.number} is completed`} open onClose={onClose}>
      <Form method="post" action={paths.staff.asset(card.assetId)} className="grid gap-3" noValidate>
        <input type="hidden" name="intent" value="record-reading" />
        <input type="hidden" name="meter" value={meter} />
        <Field
          label={meter === "odometer" ? `Odometer of unit ${card.unitNumber}` : `Hour meter of unit ${card.unitNumber}`}
          name="reading"
          unit={meter === "odometer" ? distanceUnit : "h"}
          figures
          error={data?.problem?.fields?.reading}
        />
        <SubmitButton pending={state !== "idle"} pendingLabel="Saving">
          Save reading
        </SubmitButton>
        <p className="text-small text-ink-soft">Close this if you can't read the meter.</p>
      </Form>
    </Dialog>
  );
}
