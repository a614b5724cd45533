import { randomInt } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_readConfig as readConfig, unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { bundleWorker } from "./bundle.ts";
import { applyMigrations, OtherMigrations } from "./migrate.ts";
import { publicFile } from "./public-file.ts";
import { developmentSecrets, squareAddresses } from "./settings.ts";

export type AppCode = { modules: { type: "ESModule"; path: string; contents: string }[]; assets: boolean };

export type RuntimeOptions = {
  port: number;
  /** Where databases, files, rooms and mail are kept between runs. */
  dataDir: string;
  /** The app's code; built by local/build.ts, or the background part alone in development. */
  app: AppCode;
  /** The public address, where it is not this port. */
  publicPort?: number;
  /** A certificate of its own making, for the whole local network. Without it only this machine is served. */
  https?: boolean;
  vars?: Record<string, string>;
};

export type Runtime = {
  url: string;
  /** The app's own socket, plain HTTP on this machine: no proxy and no static files in front. */
  directUrl: string;
  mf: Miniflare;
  mailUrl: string;
  squareUrl: string;
  pushUrl: string;
  bindings(): Promise<Env>;
  /** Ends the old code before the new starts; stubs and bindings of before are dead. */
  replace(app: AppCode): Promise<void>;
  seed(): Promise<string>;
  scheduled(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The one local runtime: workerd with the app, its stand-ins on ports of their own, databases on local files.
 * Another program can take one of those ports before workerd does; then others are chosen. `choosePorts`: for tests of that.
 */
export async function startRuntime(options: RuntimeOptions, choosePorts = freePorts): Promise<Runtime> {
  const beside = await bundleBeside();
  for (let left = 3; ; left--) {
    try {
      return await startOn(await choosePorts(), beside, options);
    } catch (cause) {
      if (left === 0 || !isInnerPortTaken(cause)) throw cause;
    }
  }
}

type Beside = Awaited<ReturnType<typeof bundleBeside>>;

/** What runs beside the app. */
async function bundleBeside() {
  const [mail, pushService, squareStandIn, seed] = await Promise.all([
    bundleWorker("local/stand-ins/resend.ts"),
    bundleWorker("local/stand-ins/push.ts"),
    bundleWorker("local/stand-ins/square.ts"),
    bundleWorker("local/demo/seed.worker.ts"),
  ]);
  return { mail, pushService, squareStandIn, seed };
}

/** Not the public port, which its user chose and must free. */
const isInnerPortTaken = (cause: unknown): boolean => cause instanceof Error && /Address already in use \(socket "direct:/.test(cause.message);

async function startOn(
  [directPort, mailPort, freeSquarePort, freePushPort, seedPort]: Ports,
  { mail, pushService, squareStandIn, seed }: Beside,
  options: RuntimeOptions,
): Promise<Runtime> {
  const persist = path.resolve(options.dataDir, "state");
  fs.mkdirSync(persist, { recursive: true });
  const squarePort = await lastingPort(path.join(persist, "square-port"), freeSquarePort);
  const pushPort = await lastingPort(path.join(persist, "push-port"), freePushPort);
  const { name, compatibility_date: compatibilityDate } = readConfig({ config: "wrangler.toml" });
  const { workerOptions } = workerOptionsOf("wrangler.toml");
  const { assets, ...withoutAssets } = workerOptions as typeof workerOptions & { assets?: unknown };
  const mailUrl = `http://127.0.0.1:${mailPort}`;
  const squareUrl = `http://127.0.0.1:${squarePort}`;
  const pushUrl = `http://127.0.0.1:${pushPort}`;
  const publicPort = options.publicPort ?? options.port;
  const square = squareAddresses(`${options.https ? "https" : "http"}://localhost:${publicPort}`);
  const vars = {
    ...developmentSecrets,
    ENVIRONMENT: "development",
    RESEND_BASE_URL: mailUrl,
    MAIL_FROM: "BayTrack <no-reply@baytrack.test>",
    MAIL_REPLY_DOMAIN: "reply.baytrack.test",
    MAILBOX_URL: `${mailUrl}/__mailbox`,
    PUBLIC_PORT: String(publicPort),
    SQUARE_BASE_URL: squareUrl,
    PUSH_BASE_URL: pushUrl,
    SQUARE_WEBHOOK_URL: square.webhookUrl,
    ...options.vars,
  };
  const own = (contents: string) => [{ type: "ESModule" as const, path: "worker.mjs", contents }];
  const common = { compatibilityDate: compatibilityDate ?? "2026-07-01", compatibilityFlags: ["nodejs_compat"] };
  const optionsFor = (app: AppCode) =>
    convertV4MiniflareOptions({
      host: options.https ? "0.0.0.0" : "127.0.0.1",
      port: options.port,
      https: options.https,
      cf: false,
      resourcePersistencePath: persist,
      logRequests: false,
      workers: [
        {
          ...withoutAssets,
          ...(app.assets ? { assets } : { serviceBindings: { ASSETS: publicFile } }),
          name,
          bindings: vars,
          modules: app.modules,
          unsafeDirectSockets: [{ host: "127.0.0.1", port: directPort }],
        },
        {
          ...common,
          name: "resend-stand-in",
          modules: own(mail.code),
          bindings: { ...vars, DELIVER_TO: `http://127.0.0.1:${directPort}/webhooks/resend` },
          durableObjects: { MAILBOX: { className: "Mailbox", useSQLite: true } },
          unsafeDirectSockets: [{ host: "127.0.0.1", port: mailPort }],
        },
        {
          ...common,
          name: "push-stand-in",
          modules: own(pushService.code),
          durableObjects: { PUSH: { className: "PushService", useSQLite: true } },
          unsafeDirectSockets: [{ host: "127.0.0.1", port: pushPort }],
        },
        {
          ...common,
          name: "square-stand-in",
          modules: own(squareStandIn.code),
          // Webhooks are signed for the public address and sent to the app's own socket, which needs no certificate.
          bindings: { ...vars, REDIRECT_URL: square.redirectUrl, DELIVER_TO: `http://127.0.0.1:${directPort}${new URL(square.webhookUrl).pathname}` },
          durableObjects: { SQUARE: { className: "SquareStandIn", useSQLite: true } },
          unsafeDirectSockets: [{ host: "127.0.0.1", port: squarePort }],
        },
        {
          ...common,
          name: "seed",
          modules: own(seed.code),
          bindings: { ...vars },
          d1Databases: withoutAssets.d1Databases,
          r2Buckets: withoutAssets.r2Buckets,
          unsafeDirectSockets: [{ host: "127.0.0.1", port: seedPort }],
        },
      ],
    } as never); // the option types of two Miniflare generations do not meet; the recipe was run
  const mf = new Miniflare(optionsFor(options.app));
  await mf.ready.catch(async (cause) => {
    await mf.dispose().catch(() => {});
    throw cause;
  });
  const bindings = async () => (await mf.getBindings(name)) as unknown as Env; // the bindings are wrangler.toml's, which Env is generated from
  const { DIRECTORY, TENANTS } = await bindings();
  try {
    await applyMigrations(DIRECTORY, "migrations/directory");
    await applyMigrations(TENANTS, "migrations/tenant");
  } catch (cause) {
    await mf.dispose();
    if (!(cause instanceof OtherMigrations)) throw cause;
    throw new Error(
      `The data in ${options.dataDir} was made by another version of BayTrack, and can't be read by this one. Delete the folder, or choose another with DATA_DIR.`,
    );
  }
  return {
    url: `${options.https ? "https" : "http"}://localhost:${options.port}`,
    directUrl: `http://127.0.0.1:${directPort}`,
    mf,
    mailUrl,
    squareUrl,
    pushUrl,
    bindings,
    replace: (app) => mf.setOptions(optionsFor(app)),
    async seed() {
      const answer = await fetch(`http://127.0.0.1:${seedPort}/`, { method: "POST" });
      if (!answer.ok) throw new Error(`The demo data could not be written: ${await answer.text()}`);
      return answer.text();
    },
    async scheduled() {
      const worker = await mf.getWorker(name);
      await worker.scheduled({ cron: "* * * * *" });
    },
    stop: () => mf.dispose(),
  };
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts();
  return port;
}

type Ports = [number, number, number, number, number];

/** Held open together, so that they differ. */
export async function freePorts(): Promise<Ports> {
  const probes = [await freeProbe(), await freeProbe(), await freeProbe(), await freeProbe(), await freeProbe()] as const;
  await Promise.all(probes.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  const [a, b, c, d, e] = probes;
  return [a.port, b.port, c.port, d.port, e.port];
}

/** Below the ports that systems give to outgoing connections, which could take one before the runtime does. */
async function freeProbe(): Promise<Probe> {
  for (let tries = 0; tries < 50; tries++) {
    const found = await probe(randomInt(15_000, 32_000)).catch(() => null);
    if (found) return found;
  }
  throw new Error("No port between 15000 and 32000 is free.");
}

/** The port of the time before, if nobody took it: addresses with it are on record, such as that of an open checkout. */
async function lastingPort(file: string, otherwise: number): Promise<number> {
  const before = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  const again = before > 0 ? await probe(before).catch(() => null) : null;
  if (again) await new Promise((resolve) => again.server.close(resolve));
  const port = again?.port ?? otherwise;
  fs.writeFileSync(file, String(port));
  return port;
}

type Probe = { server: net.Server; port: number };

function probe(at: number): Promise<Probe> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(at, "127.0.0.1", () => resolve({ server, port: at }));
  });
}
