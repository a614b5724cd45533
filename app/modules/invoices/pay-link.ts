import type { Id } from "~/kernel/ids";

/** The path where an invoice can be paid online; null while the shop takes no payments there. */
export type PayPathOf = (id: Id<"invoice">) => Promise<string | null>;

/** What a pay link is for. */
export type PaySubject = { kind: "invoice"; id: Id<"invoice"> } | { kind: "estimate"; id: Id<"estimate"> };
export type PayLink = { organizationId: Id<"organization">; subject: PaySubject };
