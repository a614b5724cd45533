import { serveFile } from "./serve-file.server";

/** The thumbnail of a stored file. */
export const loader = serveFile("thumbnail");
