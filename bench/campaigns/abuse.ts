import { randomBytes } from "node:crypto";
import path from "node:path";
import { WebSocket } from "ws";
import { dearForms } from "../../app/platform/http/form.fixtures.ts";
import { eventually, type Mail } from "../../local/people.ts";
import { demo } from "../../local/settings.ts";
import { SOCKETS_OF_A_SESSION } from "../../party/limits.ts";
import type { AppOptions, AppReady } from "../parts/app-server.ts";
import { type Answer, type Poster, posterTo, staffCookie } from "../parts/post.ts";
import { startServer } from "../parts/processes.ts";
import type { BenchEnvironment } from "../parts/targets.ts";
import type { WorkerReady } from "../parts/worker-server.ts";

export type AbuseOptions = { environment: BenchEnvironment; size: number; report?(message: string): void };
/** How often an attack was tried, how often it got through, and how often it may. */
export type Outcome = { attack: string; tries: number; through: number; most: number; note: string };
export type AbuseResult = { app: Outcome[]; control: Outcome[] };

type Attacked = {
  url: string;
  send: Poster["send"];
  /** Cookies of the shop's owner and of two customers' people. */
  owner: string;
  customers: readonly [string, string];
  organizationId: string;
  /** A unit of each customer, one of the shop's orders, and an invoice that is open. */
  units: readonly [string, string];
  order: string;
  invoice: string;
  /** Permission to add files to the order. */
  ticket: string;
};
type Attack = (on: Attacked, size: number) => Promise<Omit<Outcome, "attack">>;

const FORM = "application/x-www-form-urlencoded";
const LONGEST_FORM = 256_000;
/** Guesses that one mailed code takes, and how many mails are asked for. */
const CODES_A_REQUEST = 5;
const CODE_ROUNDS = 20;
const newIdOf = (prefix: string) => `${prefix}_${[...randomBytes(26)].map((byte) => "0123456789abcdefghjkmnpqrstvwxyz"[byte % 32]).join("")}`;
const encoded = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const isTaken = ({ status }: Answer) => status >= 200 && status < 400;

let places = 0;
/** An address that nobody came from before. */
function newPlace(): string {
  places += 1;
  return `10.${(places >> 16) & 255}.${(places >> 8) & 255}.${places & 255}`;
}
const post = (on: Attacked, where: string, fields: Record<string, string>, cookie = "", more: Record<string, string> = {}) =>
  on.send(where, { headers: { Origin: on.url, Cookie: cookie, "Content-Type": FORM, "CF-Connecting-IP": newPlace(), ...more }, body: encoded(fields) });

/**
 * The attacks that the product was hardened against. In `npm test` the same is held by, in this order:
 * sign-in-by-link, password-sign-in and refused-sign-ins (all *.workers.test.ts), form.test.ts and absurd-figures.test.ts,
 * quotas, board-room, files, background, matrix and repeated-ids (*.workers.test.ts); docs/security.md has their paths.
 */
const attacks: Record<string, Attack> = {
  "codes guessed at one address, each from elsewhere": async (on) => {
    const email = "fleet@northline.test";
    const mails = async () => (JSON.parse((await on.send(`/dev/mailbox.json?to=${encodeURIComponent(email)}`, { method: "GET" })).body) as Mail[]).length; // the mailbox's own shape
    let heard = 0;
    for (let round = 0; round < CODE_ROUNDS; round++) {
      const before = await mails();
      const asked = await post(on, "/portal/sign-in", { step: "ask", email });
      const request = /request=(\w+)/.exec(String(asked.headers.location))?.[1] ?? "none";
      // A request that nothing was mailed for has no code that could be right.
      const isMailed = await eventually(async () => (await mails()) > before, "a mail", 1_500).catch(() => false);
      for (let n = 0; n < CODES_A_REQUEST; n++) {
        const digits = String(round * CODES_A_REQUEST + n).padStart(6, "0");
        const { status } = await post(on, "/portal/sign-in", { step: "code", request, digits });
        if (isMailed && status !== 429) heard += 1;
      }
    }
    return { tries: CODE_ROUNDS * CODES_A_REQUEST, through: heard, most: 20, note: "" };
  },

  "passwords guessed at one account, each from elsewhere": async (on, size) => {
    let heard = 0;
    for (let n = 0; n < size; n++) if ((await post(on, "/login", { email: "owner@harbor.test", password: `guess number ${n}` })).status === 401) heard += 1;
    return { tries: size, through: heard, most: 60, note: "" };
  },

  "journal entries caused by those guesses": async (on, size) => {
    await new Promise((resolve) => setTimeout(resolve, 2_000)); // they are written a while after the answer
    const { body } = await on.send("/settings/journal.csv", { method: "GET", headers: { Cookie: on.owner } });
    const entries = body.split("\n").filter((line) => /sign-in refused/i.test(line)).length;
    const tries = size + CODE_ROUNDS * CODES_A_REQUEST;
    return { tries, through: entries, most: 4 + Math.ceil(tries / 10), note: "" };
  },

  "the dearest forms of 256 kB at the sign-in page": async (on) => {
    const forms = dearForms(LONGEST_FORM);
    let [taken, slowest] = [0, 0];
    for (const { body, type } of forms) {
      const answered = on.send("/login", { headers: { Origin: on.url, "Content-Type": type, "CF-Connecting-IP": newPlace() }, body }).catch(() => null);
      const begun = performance.now();
      await on.send("/healthz", { method: "GET" });
      slowest = Math.max(slowest, performance.now() - begun);
      const answer = await answered;
      if (answer && answer.status !== 413) taken += 1;
    }
    return { tries: forms.length, through: taken, most: 0, note: `beside them /healthz took ${slowest.toFixed(0)} ms at most` };
  },

  "service requests of one contact": async (on, size) => {
    const ask = async (cookie: string, unit: string) => {
      const fields = { id: newIdOf("wo"), complaint: "Air leak", urgency: "can-drive", preferredDay: "", reading: "", fault: "" };
      return isTaken(await post(on, `/portal/assets/${unit}/request`, fields, cookie));
    };
    const [tries, [mine, theirs]] = [Math.max(80, size), on.customers];
    let taken = 0;
    for (let n = 0; n < tries; n++) if (await ask(mine, on.units[0])) taken += 1;
    return { tries, through: taken, most: 60, note: (await ask(theirs, on.units[1])) ? "another customer gets through" : "NOBODY ELSE GETS THROUGH" };
  },

  "sockets of one session": async (on) => {
    const tries = 4 * SOCKETS_OF_A_SESSION;
    const address = `${on.url.replace("http", "ws")}/parties/board-room/${on.organizationId}?as=customer`;
    const sockets = Array.from({ length: tries }, () => new WebSocket(address, { headers: { Cookie: on.customers[0], Origin: on.url } }));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("open", resolve).once("error", resolve))));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const open = sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
    for (const socket of sockets) socket.terminate();
    return { tries, through: open, most: SOCKETS_OF_A_SESSION, note: "" };
  },

  "photos that are served as programs": async (on) => {
    const endings = ["hta", "exe", "html", "bat", "svg", "js"];
    let served = 0;
    for (const ending of endings) {
      const id = newIdOf("att");
      const part = (name: string, value: string) => `--b\r\nContent-Disposition: form-data; name="${name}"${value}\r\n`;
      const jpeg = "\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000\u0001\u0001\u0000\u0000\u0001\u0000\u0001\u0000\u0000";
      const body = `${part("id", `\r\n\r\n${id}`)}${part("file", `; filename="photo.${ending}"\r\nContent-Type: image/jpeg\r\n\r\n${jpeg}`)}--b--\r\n`;
      const headers = { Origin: on.url, Cookie: on.owner, "Content-Type": "multipart/form-data; boundary=b" };
      const added = await fetch(`${on.url}/files/new?to=${encodeURIComponent(on.ticket)}`, {
        method: "POST",
        headers,
        body: Buffer.from(body, "latin1"),
        redirect: "manual",
      });
      if (added.status !== 303) throw new Error(`the photo was answered ${added.status}`);
      const { headers: answered } = await on.send(`/files/${id}`, { method: "GET", headers: { Cookie: on.owner } });
      if (new RegExp(`photo[^;]*\\.${ending}"?(;|$)`).test(String(answered["content-disposition"]))) served += 1;
    }
    return { tries: endings.length, through: served, most: 0, note: "" };
  },

  "input that ends in a fault": async (on) => {
    const figures = ["9".repeat(15), "1e999", "NaN", "-0.001", "9".repeat(400)];
    const fields = (amount: string) => ({ intent: "pay", id: newIdOf("ent"), amount, method: "check", reference: "", day: "2030-01-01" });
    const answers = await Promise.all([
      ...figures.map((amount) => post(on, `/invoices/${on.invoice}`, fields(amount), on.owner)),
      ...["/portal/sign-in/%E0%A4%A", "/%", "/files/%ff", "/work-orders/%00"].map((where) => on.send(where, { method: "GET", headers: { Cookie: on.owner } })),
    ]);
    return { tries: answers.length, through: answers.filter(({ status }) => status >= 500).length, most: 0, note: "" };
  },

  "forms that another site sends": async (on) => {
    const fields = { intent: "note", id: newIdOf("evt"), text: "Not theirs" };
    const from: Record<string, string>[] = [
      { Origin: "https://evil.test" },
      { Origin: "null" },
      { Origin: on.url, "Sec-Fetch-Site": "cross-site" },
      { Origin: "https://evil.test", "X-Forwarded-Host": "evil.test" },
    ];
    const targets = [`/work-orders/${on.order}`, `/invoices/${on.invoice}`, "/settings/people", "/sign-out"];
    const answers = await Promise.all(targets.flatMap((where) => from.map((headers) => post(on, where, fields, on.owner, headers))));
    return { tries: answers.length, through: answers.filter(isTaken).length, most: 0, note: "" };
  },

  "requests under the id of somebody else's order": async (on) => {
    const fields = { id: on.order, complaint: "Mine now", urgency: "can-drive", preferredDay: "", reading: "", fault: "" };
    const answers = [];
    for (let n = 0; n < 5; n++) answers.push(await post(on, `/portal/assets/${on.units[1]}/request`, fields, on.customers[1]));
    return { tries: answers.length, through: answers.filter(isTaken).length, most: 0, note: "" };
  },
};

/** Runs every attack over HTTP against the built app, and against a control that has none of the checks. */
export async function abuse({ environment, size, report = () => {} }: AbuseOptions): Promise<AbuseResult> {
  const options: AppOptions = { dataDir: path.join(environment.folder, "abuse"), modulesFile: environment.modulesFile, fleet: { vehicles: 1, customers: 1 } };
  const app = await startServer<AppReady>("app-server.ts", options, { quiet: true });
  const naive = await startServer<WorkerReady>("worker-server.ts", { entry: "bench/workers/naive-app.ts", room: "NaiveApp", dataDir: environment.folder });
  const posters = [posterTo(app.ready.url), posterTo(naive.ready.url)] as const;
  try {
    const real = await attackedApp(app.ready, posters[0]);
    const outcomes: AbuseResult = { app: [], control: [] };
    for (const [attack, run] of Object.entries(attacks)) {
      outcomes.app.push({ attack, ...(await run(real, size)) });
      outcomes.control.push({ attack, ...(await run({ ...real, url: naive.ready.url, send: posters[1].send }, size)) });
      report(`${attack}: ${JSON.stringify([outcomes.app.at(-1), outcomes.control.at(-1)])}`);
    }
    return outcomes;
  } finally {
    for (const poster of posters) poster.close();
    await Promise.all([app.stop(), naive.stop()]);
  }
}

/** Signs in the demo's people, and looks up what they work with. */
async function attackedApp({ url, fleet }: AppReady, { send }: Poster): Promise<Attacked> {
  if (!fleet) throw new Error("the demo was not written");
  const owner = await staffCookie(url, "owner@harbor.test", demo.password);
  const page = async (where: string, cookie: string) => (await send(where, { method: "GET", headers: { Cookie: cookie } })).body;
  const found = (text: string, pattern: RegExp, what: string): string => pattern.exec(text)?.[1] ?? fail(what);
  const customers = [await customerCookie(url, send, "fleet@northline.test"), await customerCookie(url, send, "ops@summit.test")] as const;
  const unitOf = async (cookie: string) => found(await page("/portal", cookie), /(ast_\w{26})/, "a unit of the customer's");
  const order = found(await page("/work-orders", owner), /\/work-orders\/(wo_\w{26})/, "an order");
  return {
    url,
    send,
    owner,
    customers,
    organizationId: fleet.organizationId,
    units: [await unitOf(customers[0]), await unitOf(customers[1])],
    order,
    invoice: found(await page("/invoices", owner), /\/invoices\/(inv_\w{26})/, "an invoice"),
    ticket: decodeURIComponent(found(await page(`/work-orders/${order}`, owner), /files\/new\?to=([\w.%-]+)/, "a ticket to add files")),
  };
}

function fail(what: string): never {
  throw new Error(`the demo has not ${what}`);
}

async function customerCookie(url: string, send: Poster["send"], email: string): Promise<string> {
  const headers = { Origin: url, "Content-Type": FORM };
  const asked = await send("/portal/sign-in", { headers, body: encoded({ step: "ask", email }) });
  const request = /request=(\w+)/.exec(String(asked.headers.location))?.[1] ?? fail(`a request of ${email}`);
  const digits = await eventually(async () => {
    const [mail] = JSON.parse((await send(`/dev/mailbox.json?to=${encodeURIComponent(email)}`, { method: "GET" })).body) as Mail[]; // the mailbox's own shape
    return /\b(\d{3} ?\d{3})\b/.exec(mail?.text.replace(/https?:\S+/g, "") ?? "")?.[1];
  }, `a code mailed to ${email}`);
  const answer = await send("/portal/sign-in", { headers, body: encoded({ step: "code", request, digits }) });
  const cookie = answer.headers["set-cookie"]?.map((line) => line.split(";")[0]).find((line) => line?.startsWith("__Host-customer="));
  return cookie ?? fail(`a session of ${email}: ${answer.status}`);
}
