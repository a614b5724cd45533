import { type Cents, formatMoney } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";

/** What a contact may do in the customer's portal. Screens, refusals and tests read this one table. */
export const rights = {
  documents: { label: "See documents", what: "Estimates, invoices and work orders, with their prices", lacks: "see documents" },
  decide: { label: "Decide on estimates", what: "Approve or decline what the shop suggests", lacks: "decide on estimates" },
  pay: { label: "Pay invoices", what: "Open the checkout and pay", lacks: "pay invoices" },
  drivers: { label: "Manage drivers", what: "Add drivers and say which vehicles they drive", lacks: "manage drivers" },
  service: { label: "Ask for service", what: "Report what a vehicle needs", lacks: "ask for service" },
  export: { label: "Export data", what: "Take lists and history out as files", lacks: "export data" },
} as const satisfies Record<string, { label: string; what: string; lacks: string }>;

export type Right = keyof typeof rights;
export const rightNames = Object.keys(rights) as Right[]; // the table's own keys

/** `decideLimit` is the most that a person may approve at once; null is no limit. */
export type ContactRights = Readonly<Record<Right, boolean>> & { readonly decideLimit: Cents | null };

/** The first contact of a customer speaks for it. */
export const everything: ContactRights = { documents: true, decide: true, pay: true, drivers: true, service: true, export: true, decideLimit: null };
/** Whoever comes after sees, until the shop says more. */
export const toRead: ContactRights = { documents: true, decide: false, pay: false, drivers: false, service: false, export: false, decideLimit: null };

export type RightRefusal = { kind: "no-right"; right: Right } | { kind: "over-limit"; limit: Cents };

export const mayUse = (own: ContactRights, right: Right): Result<null, RightRefusal> => (own[right] ? ok(null) : err({ kind: "no-right", right }));

/** Who asks for service follows it, also without a right to see what it costs. */
export const seesWork = (own: ContactRights): boolean => own.documents || own.service;

/** Whether a person may decide on an amount. A decline costs nothing, so it is asked with zero. */
export function mayDecide(own: ContactRights, amount: Cents): Result<null, RightRefusal> {
  if (!own.decide) return err({ kind: "no-right", right: "decide" });
  return own.decideLimit !== null && amount > own.decideLimit ? err({ kind: "over-limit", limit: own.decideLimit }) : ok(null);
}

/** Who decides or pays sees what it is about; a limit is of who decides. */
export function settled(own: ContactRights): ContactRights {
  return { ...own, documents: own.documents || own.decide || own.pay, decideLimit: own.decide ? own.decideLimit : null };
}

type Money = { currency: string; locale: string };

export function rightRefusalMessage(refusal: RightRefusal, { currency, locale }: Money): string {
  return refusal.kind === "no-right"
    ? `The shop has not opened this to you: you may not ${rights[refusal.right].lacks}. Ask a colleague, or the shop.`
    : `You may approve up to ${formatMoney(refusal.limit, currency, locale)}. Ask a colleague who may approve more.`;
}

/** Rights in one line: "May do everything", "See documents · Decide on estimates up to $500.00". */
export function describeRights(own: ContactRights, { currency, locale }: Money): string {
  const held = rightNames.filter((right) => own[right]);
  if (held.length === 0) return "Sees vehicles only";
  if (held.length === rightNames.length && own.decideLimit === null) return "May do everything";
  const upTo = own.decideLimit === null ? "" : ` up to ${formatMoney(own.decideLimit, currency, locale)}`;
  return held.map((right) => rights[right].label + (right === "decide" ? upTo : "")).join(" · ");
}
