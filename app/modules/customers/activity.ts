import type { EventDescription } from "~/kernel/activity";
import { describeBrowser } from "~/kernel/user-agent";

/** Describes a journal entry for a customer's activity. */
export type CustomerEventRow = { what: string; actor: { name: string }; body: Record<string, unknown>; ip: string | null; userAgent: string | null };

export function describeCustomerEvent({ what, actor, body, ip, userAgent }: CustomerEventRow): EventDescription {
  const email = typeof body.email === "string" ? body.email : null;
  const where = [ip, userAgent && describeBrowser(userAgent)].filter(Boolean).join(" · ") || null;
  switch (what) {
    case "signed in":
      return { title: `${email ?? "Someone"} signed in to the portal`, detail: where, tone: "green" };
    case "sign-in refused":
      return {
        title: `Sign-in refused${email ? ` for ${email}` : ""}`,
        detail: [body.why, where].filter(Boolean).join(" · ") || null,
        tone: "red",
      };
    case "signed out":
      return { title: `${email ?? "Someone"} signed out`, detail: null, tone: "slate" };
    case "portal switched on":
      return { title: "Portal access turned on", detail: null, tone: "green" };
    case "portal switched off":
      return { title: "Portal access turned off, everyone signed out", detail: null, tone: "slate" };
    case "contact's address changed":
      return { title: `Email address changed to ${email ?? "another"}, the old one signed out`, detail: previousOf(body), tone: "slate" };
    case "view started":
      return {
        title: `Viewed the portal as ${email ?? "a contact"}`,
        detail: "read-only, for up to 30 minutes",
        tone: "blue",
      };
    case "view ended":
      return { title: `Stopped viewing as ${email ?? "a contact"}`, detail: null, tone: "slate" };
    case "contact changed own details":
      return { title: `${actor.name} changed their details or email settings`, detail: null, tone: "slate" };
    case "data exported":
      return { title: `${actor.name} exported the customer's data`, detail: where, tone: "blue" };
    case "portal invite sent":
      return { title: `Invite sent to ${email ?? "a contact"}`, detail: null, tone: "blue" };
    case "asset added":
      return { title: `Unit ${textOf(body.unitNumber)} added`, detail: null, tone: "slate" };
    case "asset changed":
      return { title: `Unit ${textOf(body.unitNumber)} changed`, detail: null, tone: "slate" };
    case "file added":
      return { title: `File added: ${textOf(body.name)}`, detail: null, tone: "slate" };
    case "file hidden":
      return { title: `File hidden: ${textOf(body.name)}`, detail: textOf(body.why), tone: "slate" };
    default:
      return { title: capital(what) + (email ? `: ${email}` : ""), detail: null, tone: "slate" };
  }
}

const previousOf = ({ previousEmail }: CustomerEventRow["body"]): string | null => (typeof previousEmail === "string" ? `before: ${previousEmail}` : null);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
