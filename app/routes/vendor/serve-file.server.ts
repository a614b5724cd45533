import { vendor } from "~/platform/http/guards.server";
import { vendorCanSee } from "~/queries/vendor/jobs.server";
import { portalFileOf } from "../parts/serve-portal-file.server";

/** Serves files of the vendor's own open jobs, and files that the shop shares from their work orders. */
export const servePortalFile = (part: "file" | "thumbnail") =>
  vendor.loader(
    "attachment:read",
    portalFileOf(({ db }, record, addedAt) => vendorCanSee(db, record, addedAt), part),
  );
