import { Check, Link as LinkIcon } from "lucide-react";
import { useState } from "react";
import { ButtonLink } from "./button";

/** Copies a link for a message. Without scripts, or where copying isn't allowed, it opens the page behind it. */
export function CopyLink({ link, label }: { link: string; label: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <ButtonLink
      to={link}
      reloadDocument
      icon={copied ? Check : LinkIcon}
      onClick={(event) => {
        event.preventDefault();
        navigator.clipboard.writeText(link).then(
          () => setCopied(true),
          () => window.location.assign(link),
        );
      }}
    >
      <span aria-live="polite">{copied ? "Link copied" : label}</span>
    </ButtonLink>
  );
}
