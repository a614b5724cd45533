import { servePortalFile } from "./serve-file.server";

/** A kept file, for the vendor whose job it belongs to. */
export const loader = servePortalFile("file");
