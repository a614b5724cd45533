import { paths } from "~/kernel/paths";
import { MailFrame, type MailSender } from "./mail-frame";

export type DigestFacts = { organization: MailSender; notices: readonly { title: string; href: string }[] };

const counted = ({ notices }: DigestFacts) => (notices.length === 1 ? "1 update" : `${notices.length} updates`);
const bellOf = ({ organization }: DigestFacts) => organization.publicOrigin + paths.staff.notices;

export const digestSubject = (facts: DigestFacts): string => `${counted(facts)} since yesterday at ${facts.organization.name}`;

export const StaffDigestMail = (facts: DigestFacts) => (
  <MailFrame organization={facts.organization} first={`${counted(facts)} since yesterday`} button={{ href: bellOf(facts), label: "View all" }}>
    <ul style={{ paddingLeft: 20 }}>
      {facts.notices.map(({ title, href }) => (
        <li key={href + title} style={{ margin: "8px 0" }}>
          <a href={href} style={{ color: "#1c2024" }}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  </MailFrame>
);

export const digestText = (facts: DigestFacts): string =>
  [`${counted(facts)} since yesterday`, "", ...facts.notices.map(({ title, href }) => `- ${title}\n  ${href}`), "", `View all: ${bellOf(facts)}`].join("\n");
