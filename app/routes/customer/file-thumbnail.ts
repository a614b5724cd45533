import { servePortalFile } from "./serve-file.server";

/** The thumbnail of a stored file, for the customer whose record it belongs to. */
export const loader = servePortalFile("thumbnail");
