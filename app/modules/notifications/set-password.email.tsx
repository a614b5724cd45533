import { MailFrame, type MailSender } from "./mail-frame";

export type SetPasswordFacts = {
  organization: MailSender;
  reason: "invitation" | "reset";
  audience: "staff" | "vendor";
  /** The page to choose a password, or the sign-in page if the person has one. */
  link: string;
  hasPassword: boolean;
};

const placeOf = ({ audience, organization }: SetPasswordFacts) => (audience === "vendor" ? `the vendor portal of ${organization.name}` : organization.name);

export const setPasswordSubject = (facts: SetPasswordFacts): string =>
  facts.reason === "reset" ? `Reset your password for ${placeOf(facts)}` : `You're invited to ${placeOf(facts)}`;

const lines = (facts: SetPasswordFacts): string[] => {
  if (facts.reason === "reset")
    return [
      "The link works once, for one hour. Choosing a new password signs you out everywhere.",
      "Didn't ask for this? You can ignore this email. Your password won't change.",
    ];
  if (facts.hasPassword) return ["Sign in with this email address and the password you already have."];
  const work =
    facts.audience === "vendor"
      ? "See the jobs the shop sends you, accept or decline them, and send estimates and invoices, all in one place."
      : "You'll find the shop's board, fleet and work orders there.";
  return [work, "Choose a password first. The link works once, for 72 hours."];
};

const buttonLabel = ({ hasPassword }: SetPasswordFacts) => (hasPassword ? "Sign in" : "Choose a password");
const first = (facts: SetPasswordFacts) =>
  facts.reason === "reset"
    ? `Choose a new password for ${placeOf(facts)}.`
    : `${facts.organization.name} invited you to ${facts.audience === "vendor" ? "its vendor portal" : "join its team"}.`;

export function SetPasswordMail(facts: SetPasswordFacts) {
  return (
    <MailFrame organization={facts.organization} first={first(facts)} button={{ href: facts.link, label: buttonLabel(facts) }}>
      {lines(facts).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </MailFrame>
  );
}

export const setPasswordText = (facts: SetPasswordFacts): string => [first(facts), "", `${buttonLabel(facts)}: ${facts.link}`, "", ...lines(facts)].join("\n");
