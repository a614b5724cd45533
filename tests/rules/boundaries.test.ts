import fs from "node:fs";
import { expect, test } from "vitest";
import { importCircles } from "./import-circles";
import { exceptions, mayOpenDatabase, modules, placeOf, refusalOf, resolve } from "./layers";
import { importsOf, impuritiesOf, parse, sourceFiles } from "./source-files";

const folders = ["app", "workers", "party", "local"];
const files = sourceFiles(".", folders);
const known = new Set(files);
const sources = files.filter((file) => /\.tsx?$/.test(file)).map((file) => parse(file, fs.readFileSync(file, "utf8")));

/** Every import of a file that the layers refuse, with the reason. */
const refusalsOf = (source: ReturnType<typeof parse>): string[] =>
  importsOf(source).flatMap((it) => {
    const why = refusalOf(source.fileName, it, known);
    return why === null ? [] : [`${source.fileName} imports ${it.specifier}: ${why}`];
  });

test("every import keeps to the layers", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(refusalsOf)).toEqual([]);
});

test("every exception to the order is still in use", () => {
  const used = (one: (typeof exceptions)[number]) =>
    sources.some(
      (source) => one.from.test(source.fileName) && importsOf(source).some(({ specifier }) => resolve(source.fileName, specifier, known) === one.to),
    );
  expect(exceptions.filter((one) => !used(one)).map(({ why }) => why)).toEqual([]);
});

test("no file imports itself by way of others", () => {
  const graph = new Map(
    sources.map((source) => [source.fileName, importsOf(source).flatMap(({ specifier }) => resolve(source.fileName, specifier, known) ?? [])] as const),
  );
  expect(importCircles(graph)).toEqual([]);
});

test("an import circle is found, types included", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", ["a"]],
    ["d", []],
  ]);
  expect(importCircles(graph).map((circle) => circle.toSorted())).toEqual([["a", "b", "c"]]);
});

test("rules files decide from their arguments alone", () => {
  const rules = sources.filter(({ fileName }) => placeOf(fileName).layer === "rules");
  expect(rules.length).toBeGreaterThan(15);
  expect(rules.flatMap((source) => impuritiesOf(source).map((what) => `${source.fileName}: ${what}`))).toEqual([]);
});

test("a database without a scope is opened in two files", () => {
  const opening = sources.filter((source) => !/\.(type-)?test\./.test(source.fileName) && /\bdrizzle\(/.test(source.text)).map(({ fileName }) => fileName);
  expect(opening.filter((file) => !mayOpenDatabase(file))).toEqual([]);
  expect(opening.length).toBe(2);
});

test("every module has a place in the order", () => {
  const present = new Set(files.flatMap((file) => /^app\/modules\/([^/]+)\//.exec(file)?.[1] ?? []));
  expect([...present].filter((name) => !modules.some((module) => module === name))).toEqual([]);
});

test("nothing is read from outside the project", () => {
  const outside = /["'`](?:[^"'`]*\/)?\.\.\/shared\b|["'`]\/work\//;
  const texts = sourceFiles(".", [...folders, "scripts", "bench"]).filter((file) => /\.(m?ts|tsx|mjs)$/.test(file));
  expect(texts.filter((file) => outside.test(fs.readFileSync(file, "utf8")))).toEqual([]);
  expect(outside.test(`read("../shared/DESIGN.md")`)).toBe(true);
});

/** Made-up files, each with the one import that must be refused. */
const wrong: [file: string, line: string, why: RegExp][] = [
  ["app/kernel/tax.ts", 'import { sum } from "~/modules/invoices/invoice"', /kernel/],
  ["app/kernel/tax.ts", 'import * as z from "zod"', /kernel/],
  ["app/modules/customers/customer.ts", 'import type { Estimate } from "~/modules/estimates/estimate"', /above/],
  ["app/modules/estimates/respond.ts", 'import { estimateStore } from "./estimate.store.server"', /store/],
  ["app/modules/estimates/respond.ts", 'import { log } from "~/platform/log.server"', /platform/],
  ["app/modules/estimates/respond.ts", 'const later = () => import("./estimate.read.server")', /read/],
  ["app/modules/estimates/respond.ts", 'type E = import("./estimate.tables").Row', /tables/],
  ["app/modules/estimates/estimate.tables.ts", 'import { states } from "./estimate"', /only types/],
  ["app/modules/estimates/estimate.tables.ts", 'import { invoices } from "~/modules/invoices/invoice.tables"', /above/],
  ["app/modules/estimates/estimate.tables.ts", 'import { log } from "~/platform/log.server"', /platform/],
  ["app/modules/estimates/estimate.store.server.ts", 'import { estimateView } from "./estimate.view"', /view/],
  ["app/modules/estimates/estimate.store.server.ts", 'import { orderStore } from "~/modules/work-orders/work-order.store.server"', /store/],
  ["app/modules/estimates/list.read.server.ts", 'import { sendEstimate } from "./send-estimate.server"', /use-case/],
  ["app/modules/estimates/send-estimate.server.ts", 'import { estimates } from "./estimate.tables"', /tables/],
  ["app/modules/estimates/send-estimate.server.ts", 'import { eq } from "drizzle-orm"', /package/],
  ["app/modules/estimates/send-estimate.server.ts", 'import { pay } from "~/modules/payments/pay-invoice.server"', /above/],
  ["app/modules/estimates/estimate.view.tsx", 'import { db } from "~/platform/database/scoped.server"', /platform/],
  ["app/modules/estimates/estimate.view.tsx", 'export { list } from "./list.read.server"', /read/],
  ["app/modules/estimates/estimate-sent.email.tsx", 'import { settings } from "~/platform/env.server"', /platform/],
  ["app/modules/estimates/documents/estimate.pdf.server.ts", 'import { estimateStore } from "./estimate.store.server"', /store/],
  ["app/modules/payments/square/square.client.server.ts", 'import { payments } from "./payment.tables"', /tables/],
  ["app/modules/payments/square/square.client.server.ts", 'import { settings } from "~/platform/env.server"', /platform/],
  ["app/modules/plumbing/pipe.ts", 'import { ok } from "~/kernel/result"', /no module/],
  ["app/routes/staff/board.tsx", 'import { workOrderStore } from "~/modules/work-orders/work-order.store.server"', /store/],
  ["app/routes/staff/board.tsx", 'import { workOrders } from "~/modules/work-orders/work-order.tables"', /tables/],
  ["app/routes/staff/board.tsx", 'import { runOrderCommand } from "~/modules/work-orders/order-command.step.server"', /step/],
  ["app/sign-in/brand.server.ts", 'import { runOrderCommand } from "~/modules/work-orders/order-command.step.server"', /step/],
  ["app/routes/staff/board.tsx", 'import { eq } from "drizzle-orm"', /SQL/],
  ["app/routes/staff/board.tsx", 'import { scopedDatabase } from "~/platform/database/scoped.server"', /database/],
  ["app/routes/staff/board.tsx", 'import { directoryOf } from "~/platform/directory/directory.server"', /database/],
  ["app/routes/staff/board.tsx", 'import { BoardRoom } from "../../../party/board-room"', /party/],
  ["app/queries/staff/board.server.ts", 'import { sendEstimate } from "~/modules/estimates/send-estimate.server"', /use-case/],
  ["app/queries/staff/board.server.ts", 'import { loader } from "~/routes/staff/board"', /routes/],
  ["app/modules/estimates/send-estimate.server.ts", 'import { readBoard } from "~/queries/staff/board.server"', /queries/],
  ["app/routes/staff/board.tsx", 'import fs from "node:fs"', /node:/],
  ["app/routes/staff/board.tsx", 'import { Map } from "maplibre-gl"', /client/],
  ["app/ui/button.tsx", 'import { Link, redirect } from "react-router"', /server side/],
  ["app/ui/button.tsx", 'import * as router from "react-router"', /server side/],
  ["app/modules/estimates/estimate.view.tsx", 'import type { AppLoadContext } from "react-router"', /server side/],
  ["app/ui/button.tsx", 'import { canMove } from "~/modules/work-orders/work-order"', /business/],
  ["app/ui/button.tsx", 'import { log } from "~/platform/log.server"', /business/],
  ["app/platform/outbox/drain.server.ts", 'import { sendSignInMail } from "~/modules/notifications/send-sign-in-mail.server"', /business/],
  ["app/platform/files.server.ts", 'import { env } from "cloudflare:workers"', /Node/],
  ["app/platform/files.server.ts", 'import { Server } from "partyserver"', /Node/],
  ["app/platform/files.server.ts", 'import path from "node:path"', /node:/],
  ["app/platform/files.server.ts", 'import { drizzle } from "drizzle-orm/d1"', /open a database/],
  ["app/platform/files.server.ts", 'import { sessions } from "~/platform/directory/directory.tables"', /directory/],
  ["app/modules/people/end-session.server.ts", 'import { createHash } from "node:crypto"', /node:/],
  ["party/fleet-room.ts", 'import { fleetSink } from "~/modules/telematics/fleet-sink.store.server"', /room/],
  ["party/fleet-room.ts", 'import { scopedDatabase } from "~/platform/database/scoped.server"', /room/],
  ["workers/app.ts", 'import { seedDemo } from "../local/demo/seed"', /bundle/],
  ["workers/app.ts", 'import { createWorld } from "../tests/world/world"', /tests/],
  ["workers/app.ts", 'import { accounts } from "~/platform/directory/directory.tables"', /directory/],
  ["app/ui/brand.ts", 'import colors from "../../../parts/LOOK.json"', /leaves/],
];

test.each(wrong)("refused: %s with %s", (file, line, why) => {
  const refusals = importsOf(parse(file, line)).map((it) => refusalOf(file, it, known));
  expect(refusals).toEqual([expect.stringMatching(why)]);
});

test.each([
  "export async function decide() {}",
  "const decide = async () => 1",
  "const at = Date.now()",
  "const at = new Date()",
  "const lot = Math.random()",
  'const got = fetch("/x")',
  "const id = crypto.randomUUID()",
  "const key = process.env.KEY",
  "const key = import.meta.env.KEY",
  "const log = { console }",
])("not pure: %s", (line) => expect(impuritiesOf(parse("app/modules/estimates/respond.ts", line))).not.toEqual([]));

test.each(["const at = new Date(0)", "const { process } = order", "type Order = { env: string; fetch(): void }", "const it = order.process"])(
  "pure: %s",
  (line) => {
    expect(impuritiesOf(parse("app/modules/estimates/respond.ts", line))).toEqual([]);
  },
);
