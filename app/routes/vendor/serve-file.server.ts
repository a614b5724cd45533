import { vendor } from "~/platform/http/guards.server";
import { reachesRecord } from "~/queries/vendor/jobs.server";
import { ownFileOf } from "../parts/serve-portal-file.server";

/** A file of the vendor's own open jobs, or one that the shop shares of their orders. */
export const serveOwnFile = (part: "file" | "thumbnail") =>
  vendor.loader(
    "attachment:read",
    ownFileOf(({ db }, record, addedAt) => reachesRecord(db, record, addedAt), part),
  );
