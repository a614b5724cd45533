import { paths } from "~/kernel/paths";
import type { Organization } from "~/platform/directory/directory.server";
import type { ShopBrand } from "~/ui/brand-mark";

/** The shop's public name, logo and contact, shown to anyone on its sign-in pages. */
export const brandOf = (organization: Organization | null): ShopBrand =>
  organization
    ? {
        name: organization.name,
        color: organization.brandColor,
        logoUrl: organization.logo && paths.logo(organization.id, organization.logo),
        phone: organization.phone,
        email: organization.email,
        address: organization.address,
      }
    : { name: "BayTrack" };
