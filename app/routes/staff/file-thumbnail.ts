import { serveFile } from "./serve-file.server";

/** The small picture of a kept file. */
export const loader = serveFile("thumbnail");
