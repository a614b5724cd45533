import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "~/kernel/paths";
import { type AssetKind, assetKinds } from "~/modules/assets/asset";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Notice } from "~/ui/notice";
import { newDraft } from "../draft";
import { writeDraft, writeTyped } from "../phone/phone-database.client";
import { usePhone } from "../phone-context";
import { plainNumber, unitOfCode } from "../scanned-unit";
import type { ScanUnit } from "./scan-unit";

/** Any unit of the company by its number, and one that isn't listed all the same. `typed`: what was typed before the page was closed. */
export function FindUnit({ typed }: { typed: string }) {
  const { start, texts } = usePhone();
  const navigate = useNavigate();
  const [unlisted, setUnlisted] = useState<string | null>(null);
  const [Scanner, setScanner] = useState<typeof ScanUnit | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const keep = (number: string) => void writeTyped(start.driver.id, number).catch(() => {});
  const scan = async () => {
    setProblem(null);
    if (Scanner) return setScanner(null);
    const { ScanUnit: loaded } = await import("./scan-unit");
    setScanner(() => loaded);
  };
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const number = String(new FormData(event.currentTarget).get("unit") ?? "");
    if (plainNumber(number) === "") return;
    const found = unitOfCode(number, start.units);
    if (found) {
      keep("");
      navigate(paths.driver.unit(found.id));
    } else setUnlisted(number.trim().slice(0, 40));
  };
  const scanned = (code: string) => {
    const found = unitOfCode(code, start.units);
    setScanner(null);
    setProblem(found ? null : texts.strangeLabel);
    if (found) navigate(paths.driver.unit(found.id));
  };
  const begin = async (kind: AssetKind) => {
    const draft = newDraft(
      start.driver.id,
      { id: null, unitNumber: unlisted ?? "", kind },
      { now: Date.now(), distanceUnit: start.shop.distanceUnit, checklists: start.checklists },
    );
    await writeDraft(draft);
    keep("");
    navigate(paths.driver.inspect(draft.id, "kind"));
  };
  return (
    <section className="grid gap-3" aria-label={texts.otherUnit}>
      <h2 className="text-lead">{texts.otherUnit}</h2>
      {Scanner && (
        <Scanner
          label={texts.scanning}
          onCode={scanned}
          onFailed={() => {
            setScanner(null);
            setProblem(texts.cameraFailed);
          }}
        />
      )}
      {problem !== null && <Notice tone="amber" title={problem} />}
      {"mediaDevices" in navigator && (
        <Button wide onClick={scan}>
          {Scanner ? texts.cancel : texts.scanLabel}
        </Button>
      )}
      <form onSubmit={find} className="grid gap-3">
        <Field
          label={texts.unitNumber}
          name="unit"
          defaultValue={typed}
          onChange={(event) => keep(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={40}
        />
        <Button type="submit" wide>
          {texts.find}
        </Button>
      </form>
      {unlisted !== null && (
        <Notice tone="amber" title={texts.notListed(unlisted)}>
          <p>{texts.notListedBody}</p>
          <p className="font-semibold">{texts.whatIsIt}</p>
          <div className="grid gap-2">
            {assetKinds.map((kind) => (
              <Button key={kind} wide onClick={() => begin(kind)}>
                {texts.kindNames[kind]}
              </Button>
            ))}
          </div>
        </Notice>
      )}
    </section>
  );
}
