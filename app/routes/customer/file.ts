import { servePortalFile } from "./serve-file.server";

/** A stored file, for the customer whose record it belongs to. */
export const loader = servePortalFile("file");
