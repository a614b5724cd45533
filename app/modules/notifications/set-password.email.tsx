import { MailFrame, type MailSender } from "./mail-frame";

export type SetPasswordFacts = {
  organization: MailSender;
  reason: "invitation" | "reset";
  audience: "staff" | "vendor";
  /** Where to choose the password, or the door itself for who has one already. */
  link: string;
  hasPassword: boolean;
};

const placeOf = ({ audience, organization }: SetPasswordFacts) => (audience === "vendor" ? `the vendor portal of ${organization.name}` : organization.name);

export const setPasswordSubject = (facts: SetPasswordFacts): string =>
  facts.reason === "reset" ? `A new password for ${placeOf(facts)}` : `You are invited to ${placeOf(facts)}`;

const lines = (facts: SetPasswordFacts): string[] => {
  if (facts.reason === "reset")
    return [
      "The link works once, for an hour. Choosing a new password signs you out everywhere.",
      "You did not ask for this? Then do nothing: your password stays as it is.",
    ];
  if (facts.hasPassword) return ["Sign in with this address and the password that you already have."];
  const work =
    facts.audience === "vendor"
      ? "Jobs that the shop sends you stand there, with their instructions; you answer, estimate and invoice in one place."
      : "The board, the fleet and the work orders of the shop are there.";
  return [work, "Choose a password first. The link works once, for 72 hours."];
};

const buttonLabel = ({ hasPassword }: SetPasswordFacts) => (hasPassword ? "Sign in" : "Choose a password");
const first = (facts: SetPasswordFacts) =>
  facts.reason === "reset"
    ? `Choose a new password for ${placeOf(facts)}.`
    : `${facts.organization.name} opened ${facts.audience === "vendor" ? "its vendor portal" : "its shop"} to you.`;

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
