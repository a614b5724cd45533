import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";
import type { FaultDescription } from "./faults";

export type CriticalFaultFacts = {
  organization: MailSender;
  unitNumber: string;
  customer: string;
  fault: FaultDescription;
  /** When the tracker reported it first. */
  since: string;
  link: string;
};

export const criticalFaultSubject = ({ unitNumber }: CriticalFaultFacts): string => `Stop now: critical fault on unit ${unitNumber}`;

const lines = ({ customer, fault, since }: CriticalFaultFacts): string[] => [
  `${fault.title} (${fault.code}).`,
  `The tracker of this unit of ${customer} reported it ${since}. Driving on can damage the engine or isn't safe. Stop where it is safe, and call before you drive on.`,
];

export const CriticalFaultMail = (facts: CriticalFaultFacts) => (
  <MailFrame organization={facts.organization} first={criticalFaultSubject(facts)} button={{ href: facts.link, label: "Open the unit" }}>
    {lines(facts).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </MailFrame>
);

export const criticalFaultText = (facts: CriticalFaultFacts): string =>
  [criticalFaultSubject(facts), "", ...lines(facts), "", `Open the unit: ${facts.link}`].join("\n");
