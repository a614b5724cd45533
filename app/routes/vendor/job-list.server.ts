import type { Tab } from "~/modules/vendor-jobs/labels";
import { vendor } from "~/platform/http/guards.server";
import { readVendorPortalJobs } from "~/queries/vendor/jobs.server";

/** The loader of one tab of the vendor's jobs. */
export const listVendorPortalJobs = (tab: Tab) =>
  vendor.loader("job:read", async ({ services, session, url }) => {
    const before = /^\d{1,9}$/.exec(url.searchParams.get("before") ?? "")?.[0];
    const { id: organizationId, name: shop } = session.organization;
    const list = await readVendorPortalJobs(services.db, tab, before ? Number(before) : null);
    return { ...list, tab, first: !before, shop, organizationId };
  });
