import { readOwnRights } from "~/modules/customers/contact.read.server";
import { reachesOwnRecord } from "~/modules/reports/own-record.read.server";
import { customer } from "~/platform/http/guards.server";
import { ownFileOf } from "../serve-own-file.server";

/** A file of the customer's own records that the shop shares with it, or that its people added. */
export const serveOwnFile = (part: "file" | "thumbnail") =>
  customer.loader(
    "attachment:read",
    ownFileOf(async ({ db }, record) => reachesOwnRecord(db, await readOwnRights(db), record), part),
  );
