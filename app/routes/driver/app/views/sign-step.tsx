import { lazy, Suspense, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "~/kernel/paths";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { type DraftSignature, toSubmission } from "../draft";
import { queueReport } from "../phone/phone-database.client";
import { refresh, sendQueue } from "../phone/send-queue.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import type { StepProps } from "./step-props";

/** The last step's own code; the phone has it, as everything else, before there is no signal. */
const SignaturePad = lazy(() => import("~/ui/signature-pad").then((file) => ({ default: file.SignaturePad })));

type Place = { latitude: number; longitude: number };

/** The driver signs once for the whole combination; the report is on the phone before anything is sent. */
export function SignStep({ draft, change, progress }: StepProps) {
  const { start, language, texts } = usePhone();
  const navigate = useNavigate();
  const isSigned = useRef(false);
  const [error, setError] = useState<string | undefined>();
  const [place, setPlace] = useState<Place | null>(null);
  const [placeProblem, setPlaceProblem] = useState(false);
  const signing = draft.signing ?? { name: start.driver.name, path: "" };
  const sign = (part: Partial<DraftSignature>) => change((whole) => ({ ...whole, signing: { name: start.driver.name, path: "", ...whole.signing, ...part } }));
  const notDone = draft.units.find(({ done }) => !done);
  const submit = async () => {
    const name = signing.name.trim();
    if (name === "") return setError(texts.nameNeeded);
    if (isSigned.current) return;
    isSigned.current = true;
    const now = Date.now();
    const path = signing.path || null;
    const report = toSubmission(draft, { language, signedAt: now, place, signature: { name, path }, distanceUnit: start.shop.distanceUnit });
    try {
      await queueReport({
        id: draft.id,
        driverId: draft.driverId,
        driverName: start.driver.name,
        report,
        queuedAt: now,
        isFiled: false,
        refusal: null,
        needsSignIn: false,
      });
      await refresh();
    } catch {
      isSigned.current = false;
      return setError(texts.notKept);
    }
    navigate(paths.driver.signed(draft.id), { replace: true });
    void sendQueue();
  };
  const locate = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => setPlace({ latitude: coords.latitude, longitude: coords.longitude }),
      () => setPlaceProblem(true),
      { timeout: 10_000, maximumAge: 60_000 },
    );
  return (
    <Screen
      title={texts.signTitle}
      lead={draft.units.some(({ reviews }) => reviews.length > 0) ? `${texts.signLead} ${texts.signReview}` : texts.signLead}
      actions={
        <Button kind="primary" wide blocked={notDone ? `${texts.notYet} (${notDone.unitNumber})` : null} onClick={submit}>
          {texts.submit}
        </Button>
      }
    >
      {progress}
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          label={texts.yourName}
          name="name"
          autoComplete="name"
          value={signing.name}
          onChange={(event) => sign({ name: event.currentTarget.value })}
          maxLength={120}
          error={error}
          required
        />
        <Suspense fallback={null}>
          <SignaturePad
            label={texts.drawSignature}
            name="drawn"
            hint={texts.drawHint}
            texts={{ clear: texts.remove, empty: texts.padEmpty, drawn: texts.padDrawn, nothing: texts.nothingDrawn }}
            drawn={signing.path}
            onDrawn={(path) => sign({ path })}
          />
        </Suspense>
      </form>
      {"geolocation" in navigator && (
        <Button wide onClick={locate} aria-pressed={place !== null}>
          {place ? texts.placeAdded : placeProblem ? texts.placeFailed : texts.addPlace}
        </Button>
      )}
    </Screen>
  );
}
