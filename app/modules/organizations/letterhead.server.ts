import type { Directory, Organization } from "~/platform/directory/directory.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Letterhead } from "~/platform/pdf/document";
import { logoType } from "./organization";

type Needs = { directory: Directory; files: ScopedFiles };

/** The shop's header on documents. PDFs can't hold WebP, so a shop with a WebP logo is shown by name. */
export async function readLetterhead({ directory, files }: Needs, id: Organization["id"]): Promise<{ shop: Letterhead; organization: Organization }> {
  const organization = await directory.organization(id);
  if (!organization) throw new Error(`no organization ${id}`);
  const { name, address, taxId, phone, email, brandColor, logo } = organization;
  const fits = logo !== null && ["image/png", "image/jpeg"].includes(logoType(logo) ?? "");
  const file = fits ? await files.read(`logos/${logo}`) : null;
  return { organization, shop: { name, address, taxId, phone, email, brandColor, logo: file && new Uint8Array(await new Response(file).arrayBuffer()) } };
}
