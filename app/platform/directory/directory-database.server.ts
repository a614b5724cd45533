import { drizzle } from "drizzle-orm/d1";

/** The one opening of a database that knows no organization; only files of this folder may take it. */
export const openDirectoryDatabase = (binding: D1Database) => drizzle(binding);

export type DirectoryDatabase = ReturnType<typeof openDirectoryDatabase>;
