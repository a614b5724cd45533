import { servePortalFile } from "./serve-file.server";

/** The small picture of a kept file, for the customer whose record it belongs to. */
export const loader = servePortalFile("thumbnail");
