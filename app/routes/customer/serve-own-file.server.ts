import { readContactRights } from "~/modules/customers/contact.read.server";
import { customerCanSee } from "~/modules/reports/own-record.read.server";
import { customer } from "~/platform/http/guards.server";
import { portalFileOf } from "../serve-own-file.server";

/** A file of the customer's own records that the shop shares with it, or that its people added. */
export const servePortalFile = (part: "file" | "thumbnail") =>
  customer.loader(
    "attachment:read",
    portalFileOf(async ({ db }, record) => customerCanSee(db, await readContactRights(db), record), part),
  );
