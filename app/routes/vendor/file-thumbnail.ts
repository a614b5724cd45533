import { servePortalFile } from "./serve-file.server";

/** The thumbnail of a stored file, for the vendor whose job it belongs to. */
export const loader = servePortalFile("thumbnail");
