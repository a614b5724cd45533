import { paths } from "~/kernel/paths";
import type { Organization } from "~/platform/directory/directory.server";
import type { ShopBrand } from "~/ui/brand-mark";

/** What a page may show of the shop to anybody at its door. */
export const brandOf = (organization: Organization | null): ShopBrand =>
  organization
    ? {
        name: organization.name,
        color: organization.brandColor,
        logoUrl: organization.logo && paths.logo(organization.id, organization.logo),
        phone: organization.phone,
        email: organization.email,
      }
    : { name: "BayTrack" };
