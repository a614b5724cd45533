import type { AppLoadContext } from "react-router";
import type { Portal } from "~/kernel/audience";
import type { Permission } from "~/kernel/permissions";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse, rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import type { Authed } from "~/platform/http/authed.server";
import { fileAnswer, madeFileAnswer } from "~/platform/http/file.server";
import { customer, staff } from "~/platform/http/guards.server";
import { orNotFound, refuse } from "~/platform/http/problem.server";
import { holdToQuota } from "~/platform/http/quotas.server";
import type { MadeDocument, NamedDocument } from "~/platform/pdf/documents.server";

type Printing<F extends Portal> = (asked: Pick<Authed<F>, "services" | "session" | "params" | "url">) => Promise<NamedDocument | MadeDocument | null>;
type Files = ReturnType<AppLoadContext["servicesFor"]>["files"];

const mediaType = "application/pdf";

/** A document as the answer to a request, kept or just made. */
export function documentAnswer(files: Files, request: Request, document: NamedDocument | MadeDocument) {
  if ("content" in document) return madeFileAnswer({ ...document, mediaType });
  const { file, name, bytes, sha256 } = document;
  return fileAnswer(files, request, { file, name, mediaType, bytes, tag: sha256, inline: false });
}

/** A record's PDF for staff. */
export const documentForStaff = (permission: Permission<"staff">, print: Printing<"staff">) =>
  staff.loader(permission, async (asked) => {
    await holdToQuota(asked.services, "document");
    return documentAnswer(asked.services.files, asked.request, orNotFound(await print(asked)));
  });

/** A record's PDF for contacts who can see documents. */
export const documentForCustomer = (permission: Permission<"customer">, print: Printing<"customer">) =>
  customer.loader(permission, async (asked) => {
    const allowed = mayUse(await readContactRights(asked.services.db), "documents");
    if (!allowed.ok) throw refuse(403, rightRefusalMessage(allowed.error, asked.session.organization));
    await holdToQuota(asked.services, "document");
    return documentAnswer(asked.services.files, asked.request, orNotFound(await print(asked)));
  });

/** The revision named in the URL, or null for the newest. */
export const wantedRevision = (url: URL): number | null => Number(/^\d{1,4}$/.exec(url.searchParams.get("revision") ?? "")?.[0] ?? 0) || null;
