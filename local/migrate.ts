import fs from "node:fs";
import path from "node:path";

/** Applies what is new of a folder of migrations, each as one transaction, and notes it as wrangler does. */
export async function applyMigrations(db: D1Database, folder: string): Promise<string[]> {
  await db.exec(
    "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)",
  );
  const { results } = await db.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const done = new Set(results.map(({ name }) => name));
  const files = fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".sql") && !done.has(file))
    .sort();
  for (const file of files) {
    const statements = fs
      .readFileSync(path.join(folder, file), "utf8")
      .split("--> statement-breakpoint")
      .map((statement) => statement.trim())
      .filter(Boolean);
    await db.batch([...statements.map((statement) => db.prepare(statement)), db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(file)]);
  }
  return files;
}
