import fs from "node:fs";
import { freePort, startRuntime } from "../../local/runtime.ts";
import { addDrivers, keptFilings } from "./drivers.ts";
import { addFleet, type Fleet } from "./fleet.ts";
import { addPeople } from "./people.ts";
import { optionsOfParent, serveParent } from "./processes.ts";
import { startWorker } from "./worker.ts";

export type AppOptions = {
  dataDir: string;
  /** The built Worker's modules, kept apart so that a rebuild during the run changes nothing. */
  modulesFile: string;
  /** With the pages' scripts and styles, as a browser needs them. */
  assets?: boolean;
  fleet?: { vehicles: number; customers: number };
  /** The demo's data alone. */
  demo?: boolean;
  /** So many people of the fleet's shop who may come in by password and by link. */
  people?: number;
  /** The control that forgets, in a workerd of its own beside the app's. */
  forgetful?: boolean;
};
export type AppReady = { url: string; pageUrl: string; fleet: Fleet | null; forgetfulUrl: string | null };
type Picture = { seq: number; units: { assetId: string; recordedAt: number }[] };
type Room = { picture(viewer: { audience: "staff" }): Promise<Picture>; trail(assetId: string, from: number, to: number): Promise<{ at: number }[]> };

const options = optionsOfParent<AppOptions>();
const modules = JSON.parse(fs.readFileSync(options.modulesFile, "utf8"));
const startForgetful = () => startWorker({ entry: "bench/workers/in-memory-buffer.ts", room: "Forgetful", dataDir: options.dataDir });
const [runtime, forgetful] = await Promise.all([
  startRuntime({ port: await freePort(), dataDir: options.dataDir, app: { modules, assets: options.assets ?? false } }),
  options.forgetful ? startForgetful() : null,
]);
const room = async (organizationId: string) => (await runtime.bindings()).FleetRoom.getByName(organizationId) as unknown as Room; // its port, less what nobody asks here

const ready = serveParent(
  {
    newest: async (organizationId: string) =>
      (await (await room(organizationId)).picture({ audience: "staff" })).units.map(({ assetId, recordedAt }) => [assetId, recordedAt]),
    trail: async (organizationId: string, assetId: string) =>
      (await (await room(organizationId)).trail(assetId, 0, Date.now() + 86_400_000)).map(({ at }) => at),
    addDrivers: async (count: number) => addDrivers(await runtime.bindings(), count),
    filings: async () => keptFilings(await runtime.bindings()),
    hibernate: (organizationId: string) => runtime.mf.unsafeEvictDurableObject("baytrack", "FleetRoom", { name: organizationId, webSockets: "hibernate" }),
  },
  async () => {
    await Promise.all([runtime.stop(), forgetful?.stop()]);
  },
);
let fleet: Fleet | null = null;
if (options.fleet || options.demo) await runtime.seed();
if (options.fleet) {
  const bindings = await runtime.bindings();
  fleet = await addFleet(bindings, options.fleet.vehicles, options.fleet.customers);
  if (options.people) await addPeople(bindings.DIRECTORY, fleet.organizationId, options.people);
}
ready({ url: runtime.directUrl, pageUrl: runtime.url, fleet, forgetfulUrl: forgetful?.url ?? null } satisfies AppReady);
