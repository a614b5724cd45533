import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** The database was made by other migrations than those at hand; before the first release they change in place. */
export class OtherMigrations extends Error {}

const NOTES =
  "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";
/** Beside wrangler's notes, and of this machine alone: what each file read like when it was applied. */
const HASHES = "CREATE TABLE IF NOT EXISTS local_migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL)";

/**
 * Applies what is new of a folder of migrations, each as one transaction, and notes it as wrangler does.
 * @throws OtherMigrations where a file that was applied reads differently now
 */
export async function applyMigrations(db: D1Database, folder: string): Promise<string[]> {
  await db.exec(NOTES);
  await db.exec(HASHES);
  const { results: applied } = await db.prepare("SELECT m.name, l.hash FROM d1_migrations m LEFT JOIN local_migrations l ON l.name = m.name").all<{
    name: string;
    hash: string | null;
  }>();
  const files = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), "utf8") }));
  const other = changedMigration(applied, files);
  if (other) throw new OtherMigrations(`the database has another ${other} than ${folder}`);
  const fresh = files.filter(({ file }) => !applied.some(({ name }) => name === file));
  for (const { file, text } of fresh) {
    const statements = text
      .split("--> statement-breakpoint")
      .map((statement) => statement.trim())
      .filter(Boolean);
    await db.batch([
      ...statements.map((statement) => db.prepare(statement)),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(file),
      db.prepare("INSERT INTO local_migrations (name, hash) VALUES (?, ?)").bind(file, hashOf(text)),
    ]);
  }
  return fresh.map(({ file }) => file);
}

/** The first applied file that is gone or reads differently now; null if there is none. */
export function changedMigration(applied: readonly { name: string; hash: string | null }[], files: readonly { file: string; text: string }[]): string | null {
  const isSame = ({ name, hash }: (typeof applied)[number]) => files.some(({ file, text }) => file === name && hashOf(text) === hash);
  return applied.find((one) => !isSame(one))?.name ?? null;
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
