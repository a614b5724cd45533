import type { Id } from "~/kernel/ids";
import { newId } from "~/kernel/ids";
import { MINUTE } from "~/kernel/time";
import { meterReadings } from "~/modules/assets/asset.tables";
import { attachments } from "~/modules/attachments/attachment.tables";
import { defectSightings, inspectionDefects, inspections } from "~/modules/inspections/inspection.tables";
import { sendRound } from "~/routes/driver/app/phone/send-round";
import { contextOf } from "../../../workers/context";
import { driverApi } from "../../../workers/driver-api";
import { DATABASE_CALLS, Died, dying, lifeOf } from "../dying";
import { type Dice, diceOf } from "../repairs/dice";
import { createWorld } from "../world";
import { type Lines, networkOf } from "./network";
import { type ModelPhone, phoneOf } from "./phone";
import { makeReport, markOf, type SignedFiling, sha256, withNewIds } from "./reports";
import type { Run, RunResult } from "./run-result";

/** Of one shop, from its two phones. */
const MOST_FILINGS = 30;
/** Rounds in which phones that work get rid of all of it, many times over. */
const MOST_ROUNDS = 1_000;
/** With so many differences it is clear that something is wrong. */
const ENOUGH_WRONG = 20;
const BUCKET_CALLS = ["head", "get", "put", "createMultipartUpload", "resumeMultipartUpload"];
const FOREVER = Number.POSITIVE_INFINITY;

/** Plays shops until as many filings were signed as wanted. */
export async function playFilings(run: Run, report: (message: string) => void = () => {}): Promise<RunResult> {
  const result: RunResult = {
    run,
    shops: 0,
    filings: 0,
    reports: 0,
    photos: 0,
    requests: 0,
    lostRequests: 0,
    lostAnswers: 0,
    doubledRequests: 0,
    lateRequests: 0,
    foreignAnswers: 0,
    serverDeaths: 0,
    phoneDeaths: 0,
    lost: 0,
    doubled: 0,
    damaged: 0,
    wrong: [],
    naiveSent: 0,
    naiveDoubled: 0,
    naiveLost: 0,
  };
  while (result.filings < run.filings) {
    await playShop(diceOf(run.seed, result.shops), result);
    result.shops += 1;
    report(`${result.filings} filings in ${result.shops} shops, ${result.lost + result.doubled + result.damaged + result.wrong.length} faults`);
  }
  return result;
}

async function playShop(dice: Dice, result: RunResult): Promise<void> {
  const world = await createWorld({ now: "2030-03-01T18:00:00Z" });
  const { clock } = world;
  const shop = await world.shop();
  const customer = await shop.customer();
  const assets = [await shop.asset({ customer }), await shop.asset({ customer })];
  const wrong = (message: string) => void result.wrong.push(`shop ${result.shops}: ${message}`);

  /** A process of the server's that dies after so many calls of what it stores with. */
  function processOf(calls: number) {
    const alive = lifeOf(calls);
    const env = {
      ...world.env,
      TENANTS: dying(world.env.TENANTS, DATABASE_CALLS, alive),
      FILES: dying(world.env.FILES, BUCKET_CALLS, alive),
      UPLOAD_LIMIT: { limit: async () => ({ success: !dice.chance(0.02) }) },
    };
    const context = contextOf(env, { waitUntil: () => {} }, clock);
    const services = (scope: Parameters<typeof context.servicesFor>[0]) => ({ ...context.servicesFor(scope), drainSoon: () => {} });
    return { ...context, servicesFor: services as never };
  }
  const lasting = processOf(FOREVER);
  const lines: Lines = {
    dice,
    count: (what) => {
      result[what] += 1;
    },
    async serve({ path, body, headers }) {
      const dies = dice.chance(0.12);
      result.serverDeaths += Number(dies);
      const length: Record<string, string> = typeof body === "string" ? {} : { "Content-Length": String(body.byteLength) };
      const request = new Request(`http://test/api/driver/${path}`, { method: "PUT", body, headers: { ...headers, ...length } });
      const answer = await driverApi(request as Request, dies ? processOf(dice.below(16)) : lasting);
      return { status: answer.status, headers: answer.headers, text: await answer.text() };
    },
  };

  async function driver(): Promise<[id: string, token: string]> {
    const email = `${newId("event")}@people.test`;
    const { id } = await shop.driver({ customer, email });
    const { cookie } = await shop.session(email, "driver");
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    const answer = await driverApi(new Request("http://test/api/driver/device", { method: "POST", headers }) as Request, world.context);
    return [id, ((await answer.json()) as { token: string }).token];
  }

  const network = networkOf(lines);
  // A phone of one driver's, and a tablet that two share.
  const phones: { phone: ModelPhone; drivers: string[] }[] = [];
  for (const people of [1, 2]) {
    const tokens = new Map<string, string>();
    for (let one = 0; one < people; one++) tokens.set(...(await driver()));
    phones.push({ phone: phoneOf(tokens, clock.now, network.put), drivers: [...tokens.keys()] });
  }
  const signed: SignedFiling[] = [];
  const wanted = Math.min(MOST_FILINGS, result.run.filings - result.filings);
  let rounds = 0;
  while (signed.length < wanted || phones.some(({ phone }) => !phone.isEmpty())) {
    if (++rounds > MOST_ROUNDS || result.wrong.length > ENOUGH_WRONG) {
      wrong(`after ${rounds} rounds ${phones.flatMap(({ phone }) => phone.reports()).length} reports wait for ever`);
      break;
    }
    const { phone, drivers } = dice.pick(phones) ?? (phones[0] as (typeof phones)[0]);
    clock.pass(1_000 + dice.below(5 * MINUTE));
    if (signed.length < wanted && dice.chance(0.6)) sign(phone, dice.pick(drivers) ?? "");
    const dies = dice.chance(0.3);
    phone.liveFor(dies ? dice.below(25) : FOREVER);
    // Two pages of the app, where the browser has no locks.
    for (const round of await Promise.allSettled(Array.from({ length: dice.chance(0.15) ? 2 : 1 }, () => sendRound(phone.sending, phone.waiting())))) {
      if (round.status === "rejected" && !(round.reason instanceof Died)) wrong(`sending broke off: ${round.reason}`);
      if (round.status === "rejected") result.phoneDeaths += 1;
      else if (round.value.waits.length > 0) clock.pass(Math.max(...round.value.waits));
    }
    phone.liveFor(FOREVER);
    for (const why of phone.askAgain()) wrong(`a report was refused: ${why}`);
    await network.deliverLate(0.3);
  }
  await network.deliverLate(1);
  await world.drainOutbox(shop);
  await check();
  await playNaive();

  function sign(phone: ModelPhone, driverId: string): void {
    const known = signed.flatMap(({ report }) => report.units.flatMap(({ assetId, defects }) => (assetId ? defects.map(({ id }) => id) : [])));
    const filing = makeReport({ dice, mark: signed.length, signedAt: clock.now(), assets, known });
    signed.push(filing);
    phone.sign(driverId, filing);
  }

  /** Compares what was signed with what the server has, each fact by what it holds and not by its id. */
  async function check(): Promise<void> {
    const { db } = shop;
    const units = signed.flatMap(({ report }) => report.units.map((unit) => ({ ...unit, signedAt: report.signedAt })));
    const defects = units.flatMap((unit) => unit.defects);
    const photos = signed.flatMap((filing) => [...filing.photos].map(([id, content]) => ({ id, sha256: sha256(content) })));
    result.filings += signed.length;
    result.reports += units.length;
    result.photos += photos.length;
    const rows = await db.query({
      from: inspections,
      columns: { id: inspections.id, signedAt: inspections.deviceSignedAt, position: inspections.position, defects: inspections.defects },
      limit: 5_000,
    });
    compare(
      "reports",
      units.map(
        ({ id, signedAt, defects: its }) => `${signedAt} ${signed.flatMap(({ report }) => report.units).find((one) => one.id === id)?.kind} ${its.length}`,
      ),
      rows.map(({ signedAt, position, defects: its }) => `${signedAt} ${position === 0 ? "truck" : "trailer"} ${its}`),
    );
    const kept = await db.query({
      from: inspectionDefects,
      columns: { id: inspectionDefects.id, note: inspectionDefects.note, state: inspectionDefects.state },
      limit: 5_000,
    });
    compare(
      "defects",
      defects.map(({ note }) => note),
      kept.map(({ note }) => note),
    );
    if (kept.some(({ state }) => state !== "open")) wrong("a defect is not open that nobody certified");
    const seen = await db.query({
      from: defectSightings,
      columns: { defectId: defectSightings.defectId, inspectionId: defectSightings.inspectionId },
      limit: 5_000,
    });
    compare(
      "sightings",
      units.flatMap(({ id, stillThere }) => stillThere.map(({ defectId }) => `${defectId} ${id}`)),
      seen.map(({ defectId, inspectionId }) => `${defectId} ${inspectionId}`),
    );
    const readings = await db.query({ from: meterReadings, columns: { value: meterReadings.receivedValue }, limit: 5_000 });
    compare(
      "readings",
      units.flatMap(({ odometer }) => (odometer ? [String(odometer.value)] : [])),
      readings.map(({ value }) => String(value)),
    );
    const files = await db.query({ from: attachments, columns: { id: attachments.id, file: attachments.file, sha256: attachments.sha256 }, limit: 5_000 });
    compare(
      "photos",
      photos.map((photo) => photo.sha256),
      files.map((file) => file.sha256 ?? ""),
    );
    for (const { id, file } of files) {
      const content = await world.env.FILES.get(`${shop.id}/${file}`);
      const whole = content && sha256(new Uint8Array(await content.arrayBuffer()));
      if (whole !== photos.find((photo) => photo.id === id)?.sha256) result.damaged += 1;
    }
  }

  function compare(what: string, expected: readonly string[], found: readonly string[]): void {
    const count = (all: readonly string[], one: string) => all.filter((it) => it === one).length;
    for (const one of new Set([...expected, ...found])) {
      const more = count(found, one) - count(expected, one);
      if (more > 0) result.doubled += more;
      if (more < 0) result.lost -= more;
      if (more !== 0) wrong(`${what}: ${one} is ${count(found, one)} times on the server, not ${count(expected, one)}`);
    }
  }

  /** Two phones as one would write them in an afternoon: one makes ids as it sends, one sends once. */
  async function playNaive(): Promise<void> {
    const [id, token] = await driver();
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const marks: string[] = [];
    const put = (body: unknown) => network.put(`inspections/${newId("submission")}`, JSON.stringify(body), headers).catch(() => null);
    for (let sent = 0; sent < wanted; sent++) {
      clock.pass(2 * MINUTE);
      const mark = 10_000 + sent;
      marks.push(markOf(mark, 0));
      const { report } = makeReport({ dice, mark, signedAt: clock.now(), assets: [], known: [] });
      const isForgetful = sent % 2 === 1;
      for (let time = 0; time < 50; time++) {
        const answer = await put(withNewIds(report));
        if (isForgetful || answer?.status === 200) break;
      }
    }
    await network.deliverLate(1);
    const rows = await shop.db.query({ from: inspections, columns: { unitNumber: inspections.unitNumber, driverId: inspections.driverId }, limit: 5_000 });
    const own = rows.filter(({ driverId }) => driverId === (id as Id<"driver">)).map(({ unitNumber }) => unitNumber);
    result.naiveSent += marks.length;
    for (const mark of marks) {
      const times = own.filter((one) => one === mark).length;
      result.naiveDoubled += Math.max(0, times - 1);
      result.naiveLost += Number(times === 0);
    }
  }
}
