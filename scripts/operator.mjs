// A thin client of POST /api/operator. BAYTRACK_URL and OPERATOR_KEY name the deployment; without them it is the local one.
const usage = `npm run operator -- organizations
npm run operator -- verify-journal [slug]
npm run operator -- plan <slug> <free|pro|pro-plus>
npm run operator -- drop-factor <email>
npm run operator -- open --slug <slug> --name <name> --zone <IANA zone> --origin <https://…> --owner <name> --email <email> --password <password> [--plan <plan>] [--currency USD] [--units mi|km]`;

const [command, ...rest] = process.argv.slice(2);
const base = process.env.BAYTRACK_URL ?? `http://localhost:${process.env.PORT ?? 8787}`;
const key = process.env.OPERATOR_KEY ?? "development-only-operator-key-0123456789";

function bodyOf() {
  if (command === "organizations") return { command };
  if (command === "verify-journal" && rest.length <= 1) return { command, ...(rest[0] === undefined ? {} : { slug: rest[0] }) };
  if (command === "plan" && rest.length === 2) return { command, slug: rest[0], plan: rest[1] };
  if (command === "drop-factor" && rest.length === 1) return { command, email: rest[0] };
  if (command !== "open") return null;
  const named = rest.flatMap((word, at) => (word.startsWith("--") && rest[at + 1] !== undefined ? [[word.slice(2), rest[at + 1]]] : []));
  return { command, ...Object.fromEntries(named) };
}

const body = bodyOf();
if (!body) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
try {
  const answer = await fetch(new URL("/api/operator", base), {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  process.stdout.write(`${JSON.stringify(said, null, 2)}\n`);
  // A journal with a fault is an answer, and not a good one.
  if (!answer.ok || said.sound === false) process.exit(1);
} catch (cause) {
  process.stderr.write(`${base} does not answer: ${cause instanceof Error ? cause.message : cause}\n`);
  process.exit(1);
}
