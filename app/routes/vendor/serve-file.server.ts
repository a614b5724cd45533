import { vendor } from "~/platform/http/guards.server";
import { vendorCanSee } from "~/queries/vendor/jobs.server";
import { portalFileOf } from "../parts/serve-portal-file.server";

/** A file of the vendor's own open jobs, or one that the shop shares of their orders. */
export const servePortalFile = (part: "file" | "thumbnail") =>
  vendor.loader(
    "attachment:read",
    portalFileOf(({ db }, record, addedAt) => vendorCanSee(db, record, addedAt), part),
  );
