import { servePortalFile } from "./serve-file.server";

/** A stored file, for the vendor whose job it belongs to. */
export const loader = servePortalFile("file");
