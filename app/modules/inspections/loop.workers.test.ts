import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { HOUR } from "~/kernel/time";
import { createWorld } from "../../../tests/world/world";
import { certifyDefects } from "./defects/certify-defects.server";
import { defectState } from "./defects/defect";
import { loadDefects } from "./defects/defects.store.server";
import { fileInspection } from "./filing/file-inspection.server";
import { SubmissionForm } from "./filing/submission";
import { aDefect, aSubmission, cleanUnit, type UnitInput } from "./filing/submission.fixtures";
import { inspectionDefects, inspections } from "./inspection.tables";

test("a defect goes from the driver to the shop and back, with a rejection between, and is closed by the driver who accepts", async () => {
  const world = await createWorld({ now: "2030-03-01T18:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const email = `driver@${shop.host}`;
  await shop.driver({ customer, email });
  const asset = await shop.asset({ customer });
  const [staff, db] = [await shop.asStaff(), await shop.driverDatabase(email)];
  const file = async (unit: Partial<UnitInput>) => {
    world.clock.pass(HOUR);
    const submission = SubmissionForm.parse(aSubmission(world.clock.now() - 1_000, [cleanUnit(asset, unit)]));
    const filed = await fileInspection(
      { db, clock: world.clock, directory: world.context.platform.directory },
      { id: newId("submission"), submission, sentAt: world.clock.now() },
    );
    if (!filed.ok) throw new Error(filed.error.kind);
    await world.drainOutbox(shop);
  };
  const defect = aDefect({ severity: "safety", note: "Cords show" });
  const defectId = defect.id as Id<"defect">;
  /** By the rules, and as lists have it. */
  const states = async () => {
    const [found] = await loadDefects(shop.db, eq(inspectionDefects.id, defectId));
    const [row] = await shop.db.query({
      from: inspectionDefects,
      columns: { state: inspectionDefects.state },
      where: eq(inspectionDefects.id, defectId),
      limit: 1,
    });
    return [found && defectState(found), row?.state];
  };
  const certify = async (round: number) => {
    world.clock.pass(HOUR);
    const signed = await certifyDefects(staff, [{ id: defectId, round }], { outcome: "repaired", reason: "New tire", signedName: "Sam Ode" });
    expect(signed.ok).toBe(true);
  };

  await file({ defects: [defect] });
  expect(await states()).toEqual(["open", "open"]);
  expect((await world.mail(shop.ownerEmail)).map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Do not operate unit U-/)]);
  await certify(1);
  expect(await states()).toEqual(["certified", "certified"]);
  await file({ reviews: [{ defectId, round: 1, outcome: "rejected", reason: "Still flat" }] });
  expect(await states()).toEqual(["open", "open"]);
  await certify(2);
  await file({ reviews: [{ defectId, round: 2, outcome: "accepted", reason: "" }] });
  expect(await states()).toEqual(["closed", "closed"]);
  await file({ stillThere: [{ defectId, part: "tires", note: "Bald again" }] });
  expect(await states()).toEqual(["open", "open"]);
});

test("a correction is about the walk around that it corrects: what was certified since stays certified, in whichever order the two arrive", async () => {
  const world = await createWorld({ now: "2030-03-01T18:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const email = `driver@${shop.host}`;
  await shop.driver({ customer, email });
  const asset = await shop.asset({ customer });
  const [staff, db] = [await shop.asStaff(), await shop.driverDatabase(email)];
  const at = (hours: number) => world.clock.now() + hours * HOUR;
  const [reportedAt, walkedAt, correctedAt] = [at(1), at(2), at(4)];
  const defect = aDefect({ severity: "safety" });
  const defectId = defect.id as Id<"defect">;
  const stillThere = [{ defectId, part: defect.part, note: "" }];
  const walk = cleanUnit(asset, { stillThere });
  const correction = cleanUnit(asset, { corrects: walk.id, stillThere });
  const again = cleanUnit(asset, { corrects: correction.id, stillThere });
  const file = async (signedAt: number, unit: UnitInput) => {
    const submission = SubmissionForm.parse(aSubmission(signedAt, [unit]));
    const sent = { id: newId("submission"), submission, sentAt: world.clock.now() };
    const filed = await fileInspection({ db, clock: world.clock, directory: world.context.platform.directory }, sent);
    if (!filed.ok) throw new Error(filed.error.kind);
  };
  /** By the rules, and as lists have it. */
  const states = async () => {
    const [found] = await loadDefects(shop.db, eq(inspectionDefects.id, defectId));
    const [row] = await shop.db.query({
      from: inspectionDefects,
      columns: { state: inspectionDefects.state },
      where: eq(inspectionDefects.id, defectId),
      limit: 1,
    });
    return [found && defectState(found), row?.state];
  };
  world.clock.pass(3 * HOUR);
  await file(reportedAt, cleanUnit(asset, { defects: [defect] }));
  expect((await certifyDefects(staff, [{ id: defectId, round: 1 }], { outcome: "repaired", reason: "", signedName: "Sam Ode" })).ok).toBe(true);
  world.clock.pass(3 * HOUR);
  // Until the report that it corrects has come, it is what a driver saw when it was signed.
  await file(correctedAt + HOUR, again);
  await file(correctedAt, correction);
  expect(await states()).toEqual(["open", "open"]);
  await file(walkedAt, walk);
  expect(await states()).toEqual(["certified", "certified"]);
  // The corrections are linked all the same, and what a driver sees later counts.
  const rows = await shop.db.query({ from: inspections, columns: { corrects: inspections.corrects }, orderBy: [asc(inspections.signedAt)], limit: 10 });
  expect(rows.map(({ corrects }) => corrects)).toEqual([null, null, walk.id, correction.id]);
  world.clock.pass(HOUR);
  await file(world.clock.now() - 1_000, cleanUnit(asset, { stillThere }));
  expect(await states()).toEqual(["open", "open"]);
});
