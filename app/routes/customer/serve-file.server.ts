import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { customer } from "~/platform/http/guards.server";
import { customerCanSee } from "~/queries/customer/record-access.server";
import { portalFileOf } from "../parts/serve-portal-file.server";

/** Serves files of the customer's own records that the shop shares with it or its contacts added. */
export const servePortalFile = (part: "file" | "thumbnail") =>
  customer.loader(
    "attachment:read",
    portalFileOf(async ({ db }, record) => customerCanSee(db, await readContactRights(db), record), part),
  );
