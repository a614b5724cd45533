import { serveFile } from "./serve-file.server";

/** A stored file, for staff of its shop. */
export const loader = serveFile("file");
