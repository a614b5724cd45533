import type { ReactNode } from "react";
import { brandAccent } from "~/kernel/brand";
import { paths } from "~/kernel/paths";
import { linesOf } from "~/kernel/text-block";

/** The shop that sends the mail. */
export type MailSender = { id: string; name: string; brandColor: string; logo: string | null; publicOrigin: string; address: string | null };

type Props = {
  organization: MailSender;
  /** Heading of the mail, and its preview where the text has nothing else. */
  first: string;
  /** Null if there is nothing to open. */
  button: { href: string; label: string } | null;
  children: ReactNode;
};

const ink = "#1c2024";
const soft = "#60646c";
/** What a mail program in dark colors shows; one that knows no media queries leaves it out. */
const DARK =
  "@media (prefers-color-scheme: dark) { .page { background: #111113 !important; color: #edeef0 !important } .card { background: #18191b !important; border-right-color: #43484e !important; border-bottom-color: #43484e !important; border-left-color: #43484e !important } .text a { color: #edeef0 !important } .soft { color: #b0b4ba !important } }";

/** Under these addresses nobody has mail settings, or not yet: who signs in, or pays by a link. */
const WITHOUT_SETTINGS = /^\/(?:portal\/sign-in|driver-portal|set-password|login|pay)(?:\/|$)/;

/** Where its reader chooses which mails to get, by where its button leads. */
function settingsFor({ publicOrigin }: MailSender, href: string | undefined): string | null {
  const path = href?.startsWith(publicOrigin) ? href.slice(publicOrigin.length) : null;
  if (path === null || WITHOUT_SETTINGS.test(path)) return null;
  if (/^\/vendor-portal(?:[/?]|$)/.test(path)) return publicOrigin + paths.vendor.sessions;
  return publicOrigin + (/^\/portal(?:[/?]|$)/.test(path) ? paths.customer.settings : paths.staff.notificationPreferences);
}

const SETTINGS = "Choose which emails you get";

/** A mail's plain text, with the link to the mail settings that its other part has. */
export function withSettingsLink({ html, text }: { html: string; text: string }): string {
  const href = new RegExp(`<a href="([^"]+)"[^>]*>${SETTINGS}</a>`).exec(html)?.[1];
  return href ? `${text}\n\n${SETTINGS}: ${href}` : text;
}

const PREVIEW = /(<div style="display:none[^"]*">)[^<]*/;

/** A mail whose preview, as a list of mails shows it, goes on from the subject: what comes first in the text and isn't in the subject. */
export function withPreview(html: string, { subject, text }: { subject: string; text: string }): string {
  const lines = text.split("\n").map((line) => line.trim());
  const link = lines.findIndex((line) => /https?:/.test(line));
  const news = lines.slice(0, link === -1 ? lines.length : link).filter((line) => line !== "" && !subject.includes(line.replace(/\.$/, "")));
  const preview = news.join(" ").slice(0, 140);
  return preview === "" ? html : html.replace(PREVIEW, (_, start: string) => start + preview.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`));
}

/** Layout of every mail: the shop's name, heading, button, text, and where to choose which mails to get. */
export function MailFrame({ organization, first, button, children }: Props) {
  const brand = brandAccent(organization.brandColor).light;
  const settings = settingsFor(organization, button?.href);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{first}</title>
        <style>{DARK}</style>
      </head>
      <body
        className="page"
        style={{ margin: 0, padding: 24, background: "#f9f9fb", color: ink, fontFamily: "Barlow, Helvetica, Arial, sans-serif", fontSize: 16, lineHeight: 1.5 }}
      >
        {/* What a list of mails shows after the subject. */}
        <div style={{ display: "none", maxHeight: 0, overflow: "hidden" }}>{first}</div>
        <div
          className="card"
          style={{
            maxWidth: 560,
            margin: "0 auto",
            padding: 24,
            background: "#ffffff",
            border: "1px solid #d9d9e0",
            borderTop: `4px solid ${organization.brandColor}`,
            // A long reference or address breaks rather than widening the mail.
            overflowWrap: "anywhere",
            wordBreak: "break-word",
          }}
        >
          {organization.logo && (
            <img
              src={organization.publicOrigin + paths.logo(organization.id, organization.logo)}
              alt=""
              height={40}
              style={{ display: "block", height: 40, width: "auto", maxWidth: 240, margin: "0 0 8px" }}
            />
          )}
          <p style={{ margin: 0, fontWeight: 600 }}>{organization.name}</p>
          <h1 style={{ fontSize: 22, margin: "16px 0" }}>{first}</h1>
          {button && (
            <p>
              <a
                href={button.href}
                style={{
                  display: "inline-block",
                  padding: "12px 20px",
                  borderRadius: 6,
                  background: brand.accent,
                  color: brand.ink,
                  textDecoration: "none",
                  fontWeight: 600,
                }}
              >
                {button.label}
              </a>
            </p>
          )}
          <div className="text">{children}</div>
        </div>
        {settings && (
          <p className="soft" style={{ maxWidth: 560, margin: "12px auto 0", color: soft, fontSize: 14 }}>
            <a href={settings} className="soft" style={{ color: soft }}>
              {SETTINGS}
            </a>
          </p>
        )}
        {organization.address && (
          <p className="soft" style={{ maxWidth: 560, margin: "12px auto 0", color: soft, fontSize: 14 }}>
            {[organization.name, ...linesOf(organization.address)].join(", ")}
          </p>
        )}
      </body>
    </html>
  );
}
