import type { EventDescription } from "~/kernel/activity";
import { describeBrowser } from "~/kernel/user-agent";

/** The words for what happened to a customer, from the journal's facts. */
export type CustomerEventRow = { what: string; actor: { name: string }; body: Record<string, unknown>; ip: string | null; userAgent: string | null };

export function describeCustomerEvent({ what, actor, body, ip, userAgent }: CustomerEventRow): EventDescription {
  const email = typeof body.email === "string" ? body.email : null;
  const where = [ip, userAgent && describeBrowser(userAgent)].filter(Boolean).join(" · ") || null;
  switch (what) {
    case "signed in":
      return { title: `${email ?? "Somebody"} signed in to the portal`, detail: where, tone: "green" };
    case "sign-in refused":
      return {
        title: `Sign-in refused${email ? ` for ${email}` : ""}`,
        detail: [body.why, where].filter(Boolean).join(" · ") || null,
        tone: "red",
      };
    case "signed out":
      return { title: `${email ?? "Somebody"} signed out`, detail: null, tone: "slate" };
    case "portal switched on":
      return { title: "Portal switched on", detail: null, tone: "green" };
    case "portal switched off":
      return { title: "Portal switched off, everybody signed out", detail: null, tone: "slate" };
    case "contact's address changed":
      return { title: `Address changed to ${email ?? "another"}, the old one signed out`, detail: previousOf(body), tone: "slate" };
    case "view started":
      return {
        title: `Looked at the portal as ${email ?? "a contact"}`,
        detail: "for half an hour at most, nothing can be changed",
        tone: "blue",
      };
    case "view ended":
      return { title: `Stopped looking as ${email ?? "a contact"}`, detail: null, tone: "slate" };
    case "contact changed own details":
      return { title: `${actor.name} changed own details or mail`, detail: null, tone: "slate" };
    case "data exported":
      return { title: `${actor.name} took the customer's data out`, detail: where, tone: "blue" };
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
