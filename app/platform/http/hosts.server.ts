import type { Organization } from "~/platform/directory/directory.server";
import type { Platform } from "~/platform/platform.server";

/** The organization that a host belongs to; sign-in there is for that organization only. */
export function organizationOfHost(platform: Pick<Platform, "directory">, request: Request): Promise<Organization | null> {
  return platform.directory.organizationByHost(new URL(request.url).host);
}

/** Whose look a page before sign-in wears: the host's, or in development the demo's. */
export async function brandOfHost(platform: Platform, request: Request): Promise<Organization | null> {
  const own = await organizationOfHost(platform, request);
  if (own || !platform.settings.demoSlug) return own;
  return platform.directory.organizationBySlug(platform.settings.demoSlug);
}
