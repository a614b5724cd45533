import type { UtcMs } from "~/kernel/time";
import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";
import { formatMoment } from "~/ui/moment";
import type { FaultDescription } from "./faults";

export type CriticalFaultFacts = {
  organization: MailSender & Parameters<typeof formatMoment>[1];
  unitNumber: string;
  customer: string;
  fault: FaultDescription;
  /** When the tracker reported it first. */
  since: UtcMs;
  link: string;
};

export const criticalFaultSubject = ({ unitNumber }: Pick<CriticalFaultFacts, "unitNumber">): string => `Stop now: critical fault on unit ${unitNumber}`;

const lines = ({ organization, customer, fault, since }: CriticalFaultFacts): string[] => [
  `${fault.title} (${fault.code}).`,
  `The tracker of this unit of ${customer} reported it ${formatMoment(since, organization)}. Driving on can damage the engine or isn't safe. Stop where it is safe, and call before you drive on.`,
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
