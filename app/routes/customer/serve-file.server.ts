import { readOwnRights } from "~/modules/customers/contacts/contact.read.server";
import { customer } from "~/platform/http/guards.server";
import { reachesOwnRecord } from "~/queries/customer/record-access.server";
import { ownFileOf } from "../parts/serve-portal-file.server";

/** A file of the customer's own records that the shop shares with it, or that its people added. */
export const serveOwnFile = (part: "file" | "thumbnail") =>
  customer.loader(
    "attachment:read",
    ownFileOf(async ({ db }, record) => reachesOwnRecord(db, await readOwnRights(db), record), part),
  );
