import { MailFrame, type MailSender } from "~/modules/notifications/mail-frame";
import { formatMoment } from "~/ui/moment";
import { defectTitle } from "../checklists/labels";
import type { DefectHistory } from "../defects/defect-history";

export type AlertFacts = { subject: string; about: string; items: readonly string[]; button: string };
type Reader = MailSender & Parameters<typeof formatMoment>[1];
type At = Parameters<typeof formatMoment>[0];
type Sent = AlertFacts & { organization: MailSender; link: string };

/** Something about inspections that nobody did, or should not have done. */
export const AlertMail = ({ organization, subject, about, items, link, button }: Sent) => (
  <MailFrame organization={organization} first={subject} button={{ href: link, label: button }}>
    <p>{about}</p>
    {items.length > 0 && (
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    )}
  </MailFrame>
);

export const alertText = ({ subject, about, items, link, button }: Sent): string =>
  [subject, "", about, "", ...items.map((item) => `- ${item}`), "", `${button}: ${link}`].join("\n");

type Found = DefectHistory & { unitNumber: string; customer: string };
const button = "Open the inspection";

export const uncertified = (defect: Found, reader: Reader): AlertFacts => ({
  subject: `Not certified yet: ${defectTitle(defect)} of unit ${defect.unitNumber}`,
  about: `${defect.driverName} of ${defect.customer} reported it ${formatMoment(defect.reportedAt, reader)}. Repair it, or certify that no repair is necessary.`,
  items: defect.note ? [defect.note] : [],
  button,
});

export const driven = (defect: Found, movedAt: At, reader: Reader): AlertFacts => ({
  subject: `Unit ${defect.unitNumber} was driven while "Do not operate"`,
  about: `It moved ${formatMoment(movedAt, reader)}. This defect was reported ${formatMoment(defect.reportedAt, reader)} and is not certified:`,
  items: [[defectTitle(defect), defect.note].filter(Boolean).join(". ")],
  button,
});
