import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";

export type RequestCanceledFacts = { organization: MailSender; customer: string; unitNumber: string; title: string; number: string; link: string };

export const requestCanceledSubject = ({ customer, unitNumber }: RequestCanceledFacts): string =>
  `${customer} canceled the service request for unit ${unitNumber}`;

const about = ({ number, title }: RequestCanceledFacts): string => `${number}, ${title}, is canceled. You hadn't taken it up, so there is nothing to do.`;

export const RequestCanceledMail = (facts: RequestCanceledFacts) => (
  <MailFrame organization={facts.organization} first={requestCanceledSubject(facts)} button={{ href: facts.link, label: "Open the work order" }}>
    <p>{about(facts)}</p>
  </MailFrame>
);

export const requestCanceledText = (facts: RequestCanceledFacts): string =>
  [requestCanceledSubject(facts), "", about(facts), "", `Open the work order: ${facts.link}`].join("\n");
