import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type MaintenanceDueFacts = {
  organization: MailSender;
  unitNumber: string;
  customer: string;
  /** One line each: "Engine oil and filters: overdue, 1,240 mi over". */
  services: readonly string[];
  /** How many of them. */
  overdue: number;
  link: string;
};

export function maintenanceDueSubject({ unitNumber, services, overdue }: MaintenanceDueFacts): string {
  const { length } = services;
  const what = length === 1 ? "maintenance is" : `${length} services are`;
  return `Unit ${unitNumber}: ${what} ${overdue === length ? "overdue" : overdue === 0 ? "due" : `due, ${overdue} of them overdue`}`;
}

const about = ({ customer }: MaintenanceDueFacts): string => `This is what is due on this unit of ${customer} now.`;

export const MaintenanceDueMail = (facts: MaintenanceDueFacts) => (
  <MailFrame organization={facts.organization} first={maintenanceDueSubject(facts)} button={{ href: facts.link, label: "Open the unit" }}>
    <p>{about(facts)}</p>
    <ul style={{ marginTop: 4 }}>
      {facts.services.map((service) => (
        <li key={service}>{service}</li>
      ))}
    </ul>
  </MailFrame>
);

export const maintenanceDueText = (facts: MaintenanceDueFacts): string =>
  [maintenanceDueSubject(facts), "", about(facts), "", ...facts.services.map((service) => `- ${service}`), "", `Open the unit: ${facts.link}`].join("\n");
