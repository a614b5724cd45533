import type { Id } from "~/kernel/ids";
import { derivedId } from "~/platform/derived-id.server";

/** The id of the account's entry for a payment or refund at Square: always the same one, so that it can't be entered twice. */
export const entryIdOf = (key: string, organizationId: Id<"organization">, squareId: string): Id<"entry"> =>
  derivedId("entry", { key, text: `square-entry ${organizationId} ${squareId}` });
