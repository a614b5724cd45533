import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type DefectsMailFacts = {
  organization: MailSender;
  customer: string;
  driver: string;
  unitNumber: string;
  /** One line each: "Tires: worn. Cords show on the left steer. Not safe to drive". */
  defects: readonly string[];
  /** Repairs that the driver rejected, each with the reason. */
  rejected: readonly string[];
  isSafety: boolean;
  link: string;
};

export function defectsSubject({ unitNumber, driver, defects, rejected, isSafety }: DefectsMailFacts): string {
  if (isSafety) return `Do not operate unit ${unitNumber}: reported by ${driver}`;
  if (defects.length === 0) return `Repair of unit ${unitNumber} rejected by ${driver}`;
  return `${defects.length + rejected.length === 1 ? "1 defect" : `${defects.length + rejected.length} defects`} of unit ${unitNumber}: reported by ${driver}`;
}

const first = ({ unitNumber, isSafety }: DefectsMailFacts): string => (isSafety ? `Do not operate unit ${unitNumber}` : `Defects of unit ${unitNumber}`);
const about = ({ driver, customer, isSafety }: DefectsMailFacts): string =>
  `${driver} of ${customer} signed an inspection of this unit.${isSafety ? " It may be driven again once the repair is certified." : ""}`;

export const DefectsMail = (facts: DefectsMailFacts) => (
  <MailFrame organization={facts.organization} first={first(facts)} button={{ href: facts.link, label: "Open the inspection" }}>
    <p>{about(facts)}</p>
    <List title="Found" items={facts.defects} />
    <List title="Repair rejected" items={facts.rejected} />
  </MailFrame>
);

const List = ({ title, items }: { title: string; items: readonly string[] }) =>
  items.length === 0 ? null : (
    <>
      <p style={{ marginBottom: 0, fontWeight: 600 }}>{title}</p>
      <ul style={{ marginTop: 4 }}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );

export const defectsText = (facts: DefectsMailFacts): string =>
  [
    first(facts),
    "",
    about(facts),
    "",
    ...facts.defects.map((defect) => `- ${defect}`),
    ...facts.rejected.map((defect) => `- Repair rejected: ${defect}`),
    "",
    `Open the inspection: ${facts.link}`,
  ].join("\n");
