import { serveFile } from "./serve-file.server";

/** A kept file, for staff: all of their shop's. */
export const loader = serveFile("file");
