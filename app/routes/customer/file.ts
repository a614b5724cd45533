import { serveOwnFile } from "./serve-file.server";

/** A kept file, for the customer whose record it belongs to. */
export const loader = serveOwnFile("file");
