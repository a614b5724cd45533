import type { ReactNode } from "react";
import { formatDuration } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Fact, Facts, Section } from "~/ui/page";
import { DrawnSignature } from "~/ui/signature-pad";
import { StateGlyph } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import type { ChecklistGroup, GroupKey, PartKey } from "./checklists/checklist";
import { inspectionLabels, partLabel } from "./checklists/labels";
import type { InspectionKind, InspectionSignature } from "./inspection";
import type { ReportFacts } from "./report-facts";

const labels = inspectionLabels.en;

/** Who looked at what, when, with which meters. */
export function ReportFactList({ report, customer }: { report: ReportFacts; customer: ReactNode }) {
  const format = useFormat();
  const { driverName, kind, plate, startedAt, signedAt, odometer, engine, latitude, longitude, unitNumber, typedUnit, enteredBy } = report;
  return (
    <Facts>
      <Fact term="Driver">{driverName}</Fact>
      <Fact term="Customer">{customer}</Fact>
      <Fact term="Kind">{labels.kinds[kind]}</Fact>
      {enteredBy === null && (
        <Fact term="Started">
          <Moment at={startedAt} />
        </Fact>
      )}
      <Fact term="Signed">
        <Moment at={signedAt} />
      </Fact>
      {enteredBy === null ? <Fact term="Took">{formatDuration(signedAt - startedAt)}</Fact> : <Fact term="Entered from paper by">{enteredBy}</Fact>}
      <Fact term="Odometer">{odometer === null ? "left out" : format.reading("odometer", odometer)}</Fact>
      {engine !== null && <Fact term="Engine hours">{format.reading("engine", engine)}</Fact>}
      <Fact term="Plate" code>
        {plate ?? "none"}
      </Fact>
      {typedUnit !== unitNumber && <Fact term="Unit as the driver typed it">{typedUnit}</Fact>}
      {latitude !== null && longitude !== null && (
        <Fact term="Place">
          {latitude.toFixed(5)}, {longitude.toFixed(5)}
        </Fact>
      )}
    </Facts>
  );
}

type Signed = { groups: readonly ChecklistGroup[]; confirmed: readonly GroupKey[] };

/** The checklist that was signed, by group: parts without a defect, and those with one. */
export function SignedChecklist({ report, found }: { report: Signed; found: readonly PartKey[] }) {
  if (report.groups.length === 0) return null;
  return (
    <Section title="Checklist">
      <ul className="grid gap-x-6 gap-y-3 border-y border-line py-3 sm:grid-cols-2">
        {report.groups.map(({ key, parts }) => (
          <li key={key} className="grid content-start gap-0.5">
            <span className="font-semibold">{labels.groups[key]}</span>
            <span className="grid text-small">
              {parts.map((part) => {
                const isDefect = found.includes(part);
                return (
                  <span key={part} className="flex items-center gap-1.5">
                    <StateGlyph tone={isDefect ? "amber" : report.confirmed.includes(key) ? "green" : "slate"} />
                    <span>
                      {partLabel(part)}
                      {isDefect ? ": defect" : report.confirmed.includes(key) ? "" : ": not confirmed"}
                    </span>
                  </span>
                );
              })}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-small text-ink-soft">A green dot is a part that the driver confirmed to be without a new defect.</p>
    </Section>
  );
}

/** The driver's signature, and the hash of what was signed. */
export function ReportSignature({ signature, signedAt, sha256 }: { signature: InspectionSignature; signedAt: ReportFacts["signedAt"]; sha256: string }) {
  return (
    <Section title="Signature">
      <p>
        {signature.name}, <Moment at={signedAt} />
      </p>
      {signature.path && <DrawnSignature path={signature.path} of={signature.name} />}
      <p className="text-small text-ink-soft">
        SHA-256 of all that was signed, photos included: <span className="font-mono wrap-anywhere tracking-[-0.055em]">{sha256}</span>
      </p>
    </Section>
  );
}

type Linked = { id: string; signedAt: ReportFacts["signedAt"]; driverName: string };

/** The report that this one corrects, and those that correct it. */
export function CorrectionLinks({ report, to }: { report: { corrected: Linked | null; corrections: readonly Linked[] }; to(id: string): string }) {
  const { corrected, corrections } = report;
  const link = ({ id, signedAt, driverName }: Linked) => (
    <TextLink to={to(id)}>
      report of {driverName}, <Moment at={signedAt} />
    </TextLink>
  );
  return (
    <>
      {corrected && (
        <Notice tone="blue" title="This report corrects an earlier one.">
          {link(corrected)}
        </Notice>
      )}
      {corrections.map((one) => (
        <Notice key={one.id} tone="amber" title="This report was corrected.">
          {link(one)}
        </Notice>
      ))}
    </>
  );
}

export const kindLabel = (kind: InspectionKind): string => labels.kinds[kind];
