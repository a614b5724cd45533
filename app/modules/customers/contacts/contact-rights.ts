import { type Cents, formatMoney } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";

/** What a contact can do in the customer portal, read by screens, refusals and tests. */
export const rights = {
  documents: { label: "See documents", what: "Estimates, invoices and work orders, with their prices", lacks: "see documents" },
  decide: { label: "Decide on estimates", what: "Approve or decline the work the shop recommends", lacks: "decide on estimates" },
  pay: { label: "Pay invoices", what: "Open the checkout and pay", lacks: "pay invoices" },
  drivers: { label: "Manage drivers", what: "Add drivers and assign them vehicles", lacks: "manage drivers" },
  service: { label: "Request service", what: "Report a problem or book work for a unit", lacks: "request service" },
  certify: {
    label: "Certify repairs",
    what: "For fleets with own mechanics: sign that defects of their units were repaired or need no repair",
    lacks: "certify repairs",
  },
  export: { label: "Export data", what: "Download lists and history as files", lacks: "export data" },
} as const satisfies Record<string, { label: string; what: string; lacks: string }>;

export type Right = keyof typeof rights;
export const rightNames = Object.keys(rights) as Right[]; // the keys of the table above

/** `decideLimit` is the most a person can approve at once; null is no limit. */
export type ContactRights = Readonly<Record<Right, boolean>> & { readonly decideLimit: Cents | null };

export const everything: ContactRights = {
  documents: true,
  decide: true,
  pay: true,
  drivers: true,
  service: true,
  certify: true,
  export: true,
  decideLimit: null,
};
/** Rights of a customer's first contact. Few fleets have mechanics of their own, so the shop gives the right to certify. */
export const ofFirstContact: ContactRights = { ...everything, certify: false };
/** Default rights of later contacts: read only. */
export const toRead: ContactRights = {
  documents: true,
  decide: false,
  pay: false,
  drivers: false,
  service: false,
  certify: false,
  export: false,
  decideLimit: null,
};

export type RightRefusal = { kind: "no-right"; right: Right } | { kind: "over-limit"; limit: Cents };

export const mayUse = (own: ContactRights, right: Right): Result<null, RightRefusal> => (own[right] ? ok(null) : err({ kind: "no-right", right }));

/** Whoever can request service, or certify repairs, can follow the work, even without the right to see prices. */
export const seesWork = (own: ContactRights): boolean => own.documents || own.service || own.certify;

/** Whether a person can decide on an amount. Declining costs nothing, so callers pass zero. */
export function mayDecide(own: ContactRights, amount: Cents): Result<null, RightRefusal> {
  if (!own.decide) return err({ kind: "no-right", right: "decide" });
  return own.decideLimit !== null && amount > own.decideLimit ? err({ kind: "over-limit", limit: own.decideLimit }) : ok(null);
}

/** Deciding or paying includes documents; a limit only applies with the right to decide. */
export function settled(own: ContactRights): ContactRights {
  return { ...own, documents: own.documents || own.decide || own.pay, decideLimit: own.decide ? own.decideLimit : null };
}

type Money = { currency: string; locale: string };

export function rightRefusalMessage(refusal: RightRefusal, { currency, locale }: Money): string {
  return refusal.kind === "no-right"
    ? `You can't ${rights[refusal.right].lacks}. Ask a colleague, or ask the shop to give you access.`
    : `You can approve up to ${formatMoney(refusal.limit, currency, locale)}. Ask a colleague with a higher limit.`;
}

/** Rights in one line: "Full access", "See documents · Decide on estimates up to $500.00". */
export function describeRights(own: ContactRights, { currency, locale }: Money): string {
  const held = rightNames.filter((right) => own[right]);
  if (held.length === 0) return "Can see units only";
  if (rightNames.every((right) => own[right] || right === "certify") && own.decideLimit === null)
    return ["Full access", ...(own.certify ? [rights.certify.label] : [])].join(" · ");
  const upTo = own.decideLimit === null ? "" : ` up to ${formatMoney(own.decideLimit, currency, locale)}`;
  return held.map((right) => rights[right].label + (right === "decide" ? upTo : "")).join(" · ");
}
