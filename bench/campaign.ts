import { parseArgs } from "node:util";
import { crash } from "./campaigns/crash.ts";
import { enumeration } from "./campaigns/enumeration.ts";
import { hibernate } from "./campaigns/hibernate.ts";
import { figure, formatSpread, table } from "./parts/numbers.ts";
import { prepareEnvironment } from "./parts/targets.ts";

const names = ["crash", "enumeration", "hibernate"] as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, size: { type: "string" }, verbose: { type: "boolean", default: false } },
});
const wanted = positionals.length > 0 ? positionals : names;
const seed = Number(values.seed);
const size = values.size === undefined ? null : Number(values.size);
if (wanted.some((name) => !names.some((known) => known === name)) || !Number.isInteger(seed) || (size !== null && !(Number.isInteger(size) && size > 0))) {
  process.stderr.write(`Usage: npm run campaign -- [${names.join("|")} …] [--seed 1] [--size N] [--verbose]\n`);
  process.exit(1);
}

const report = (message: string) => void (values.verbose && process.stderr.write(`  ${message}\n`));
const print = (text: string) => process.stdout.write(`${text}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130)); // what runs is ended on exit
const environment = prepareEnvironment(report);
let faults = 0;
try {
  if (wanted.includes("crash")) {
    const it = await crash({ environment, seed, size: size ?? 50, report });
    print(`\ncrash: ${it.kills} SIGKILLs, seed ${seed}, workerd alone and everything in turn\n`);
    print(
      table(
        ["", "acknowledged", "lost", "doubled", "never sent", "current not newest", "refused"],
        [
          ["app", it.acked, it.lost, it.doubled, it.invented, it.stale, it.refused.length].map(String),
          ["control: flush every 2 s", it.control.acked, it.control.lost, "-", "-", "-", "-"].map(String),
        ],
      ),
    );
    print(
      `\n${it.cutOff} requests were cut off and sent again. Ready after workerd alone ${formatSpread(it.readyAfterWorkerd)} ms, after everything ${formatSpread(it.readyAfterAll)} ms.`,
    );
    for (const message of it.refused.slice(0, 5)) print(`refused: ${message}`);
    faults += it.lost + it.doubled + it.invented + it.stale + it.refused.length;
    if (it.control.lost === 0) {
      print("The control lost nothing, so this run proves nothing.");
      faults += 1;
    }
  }
  if (wanted.includes("enumeration")) {
    const it = await enumeration({ environment, seed, size: size ?? 500, report });
    print(`\nenumeration: 2 x ${size ?? 500} addresses in random turn at each sign-in page, seed ${seed}\n`);
    const row = (who: string, { page, known, unknown, auc, differences, distinguishable }: (typeof it.pages)[number]) => [
      `${who}, ${page}`,
      figure(known),
      figure(unknown),
      `${((known / unknown - 1) * 100).toFixed(1)} %`,
      auc.toFixed(3),
      String(differences.length),
      distinguishable ? "yes" : "no",
    ];
    print(
      table(
        ["", "known, median ms", "unknown, median ms", "apart", "AUC", "other differences", "distinguishable"],
        [...it.pages.map((page) => row("app", page)), ...it.control.map((page) => row("control: works for the known only", page))],
      ),
    );
    for (const { page, differences } of it.pages) for (const difference of differences.slice(0, 4)) print(`${page}: ${difference}`);
    faults += it.pages.filter(({ distinguishable }) => distinguishable).length;
    if (it.control.some(({ distinguishable }) => !distinguishable)) {
      print("The control was not distinguishable, so this run proves nothing.");
      faults += 1;
    }
  }
  if (wanted.includes("hibernate")) {
    const it = await hibernate({ environment, sockets: size ?? 500, naps: ["evicted", "idle"], report });
    print(`\nhibernate: ${it.sockets} sockets stay open, half of them customers'\n`);
    print(
      table(
        [
          "nap",
          "new instance",
          "same state",
          "sockets closed",
          "frames before",
          "frames after",
          "p50 / p99 before, ms",
          "after, ms",
          "lost / doubled / out of order",
        ],
        it.naps.map(({ how, fresh, sameState, closed, before, after }) => [
          how,
          fresh ? "yes" : "no",
          sameState ? "yes" : "no",
          String(closed),
          String(before.frames),
          String(after.frames),
          `${figure(before.p50)} / ${figure(before.p99)}`,
          `${figure(after.p50)} / ${figure(after.p99)}`,
          `${after.lost} / ${after.doubled} / ${after.disordered}`,
        ]),
      ),
    );
    const { control } = it;
    print(`\nControl, sockets listed in memory: ${control.receivedBefore} of ${control.sockets} heard before, ${control.receivedAfter} after.`);
    for (const nap of it.naps) faults += Number(!nap.fresh) + Number(!nap.sameState) + nap.closed + nap.after.lost + nap.after.doubled + nap.after.disordered;
    if (control.receivedAfter > 0) {
      print("The control lost nothing, so this run proves nothing.");
      faults += 1;
    }
  }
} finally {
  environment.remove();
}
print(faults === 0 ? "\nheld" : `\n${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
