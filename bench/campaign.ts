import { parseArgs } from "node:util";
import { at } from "../tests/world/mailing/mailing-result.ts";
import { abuse } from "./campaigns/abuse.ts";
import { crash } from "./campaigns/crash.ts";
import { dvir } from "./campaigns/dvir.ts";
import { dvirKills } from "./campaigns/dvir-kills.ts";
import { enumeration } from "./campaigns/enumeration.ts";
import { hibernate } from "./campaigns/hibernate.ts";
import { mail, SIGN_IN_MS } from "./campaigns/mail.ts";
import { payments } from "./campaigns/payments.ts";
import { repairs } from "./campaigns/repairs.ts";
import { journeys, start } from "./campaigns/start.ts";
import { figure, formatSpread, table } from "./parts/numbers.ts";
import { prepareEnvironment } from "./parts/targets.ts";

const names = ["abuse", "crash", "dvir", "enumeration", "hibernate", "mail", "payments", "repairs", "start"] as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    size: { type: "string" },
    minutes: { type: "string", default: "Infinity" },
    verbose: { type: "boolean", default: false },
  },
});
const wanted = positionals.length > 0 ? positionals : names;
const seed = Number(values.seed);
const minutes = Number(values.minutes);
const size = values.size === undefined ? null : Number(values.size);
if (
  wanted.some((name) => !names.some((known) => known === name)) ||
  !Number.isInteger(seed) ||
  !(minutes > 0) ||
  (size !== null && !(Number.isInteger(size) && size > 0))
) {
  process.stderr.write(`Usage: npm run campaign -- [${names.join("|")} …] [--seed 1] [--size N] [--minutes N, of payments] [--verbose]\n`);
  process.exit(1);
}

const report = (message: string) => void (values.verbose && process.stderr.write(`  ${message}\n`));
const print = (text: string) => process.stdout.write(`${text}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130)); // what runs is ended on exit
const environment = prepareEnvironment(report);
let faults = 0;
try {
  if (wanted.includes("abuse")) {
    const tries = size ?? 1_000;
    const it = await abuse({ environment, size: tries, report });
    print(`\nabuse: ${tries} tries where an attack has no number of its own\n`);
    print(
      table(
        ["attack", "tries", "got through", "allowed", "control: got through", ""],
        it.app.map(({ attack, tries: tried, through, most, note }, at) => [
          attack,
          String(tried),
          String(through),
          String(most),
          String(it.control[at]?.through),
          note,
        ]),
      ),
    );
    faults += it.app.filter(({ through, most, note }) => through > most || note.includes("NOBODY")).length;
    const harmless = it.control.filter(({ through, most }) => through <= most);
    for (const { attack } of harmless) print(`The control withstood "${attack}", so that attack proves nothing.`);
    faults += harmless.length;
  }
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
  if (wanted.includes("dvir")) {
    const filings = size ?? 1_000;
    const { it, failed, formatted } = await dvir({ seed, size: filings, report });
    const killed = await dvirKills({ environment, seed, kills: Math.max(2, Math.min(20, Math.round(filings / 10))), report });
    print("\ndvir: inspections from phones whose network fails at any request, while servers and phones die\n");
    const { naive } = killed;
    print(
      table(
        ["", "filings", "reports", "photos", "lost", "doubled", "damaged", "other differences"],
        [
          ["app: a third of all requests fails", ...[it.filings, it.reports, it.photos, it.lost, it.doubled, it.damaged, it.wrong.length].map(String)],
          ["control: no ids, or sent once", String(it.naiveSent), "-", "-", String(it.naiveLost), String(it.naiveDoubled), "-", "-"],
          [
            `app: ${killed.kills} SIGKILLs`,
            ...[killed.filings, killed.reports, killed.photos, killed.lost, killed.doubled, killed.damaged, killed.refused.length].map(String),
          ],
          ["control: no ids, or sent once", String(naive.sent), "-", "-", String(naive.lost), String(naive.doubled), "-", "-"],
        ],
      ),
    );
    print(`\n${formatted}\n${killed.cutOff} requests were cut off by kills and sent again.`);
    for (const message of [...failed, ...killed.refused.slice(0, 5)]) print(message);
    faults += Math.max(it.lost + it.doubled + it.damaged + it.wrong.length, failed.length);
    faults += killed.lost + killed.doubled + killed.damaged + killed.refused.length;
    if (it.naiveLost === 0 || it.naiveDoubled === 0 || naive.lost + naive.doubled === 0) {
      print("A control neither lost nor doubled anything, so this run proves nothing.");
      faults += 1;
    }
  }
  if (wanted.includes("enumeration")) {
    const it = await enumeration({ environment, seed, size: size ?? 500, report });
    print(`\nenumeration: 2 x ${size ?? 500} addresses in random turn at each sign-in form, seed ${seed}\n`);
    const row = (who: string, { form, known, unknown, auc, differences, reveals }: (typeof it.forms)[number]) => [
      `${who}, ${form}`,
      figure(known),
      figure(unknown),
      `${((known / unknown - 1) * 100).toFixed(1)} %`,
      auc.toFixed(3),
      String(differences.length),
      reveals ? "yes" : "no",
    ];
    print(
      table(
        ["", "known, median ms", "unknown, median ms", "apart", "AUC", "other differences", "reveals"],
        [...it.forms.map((timing) => row("app", timing)), ...it.control.map((timing) => row("control: works for the known only", timing))],
      ),
    );
    for (const { form, differences } of it.forms) for (const difference of differences.slice(0, 4)) print(`${form}: ${difference}`);
    faults += it.forms.filter(({ reveals }) => reveals).length;
    if (it.control.some(({ reveals }) => !reveals)) {
      print("The control revealed nothing, so this run proves nothing.");
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
  if (wanted.includes("mail")) {
    const { it, failed, formatted } = await mail({ seed, size: size ?? 1_000, report });
    print("\nmail: through a provider that is busy, fails, hangs, and takes mails without an answer, while a process dies at each step\n");
    print(
      table(
        ["", "mails", "lost", "doubled", "most requests in a second", "of"],
        [
          ["app", ...[it.mails, it.lost, it.doubled, it.most, it.limit].map(String)],
          ["control: no key, no turn", "60", "-", String(it.naive.doubled), String(it.naive.most), String(it.limit)],
        ],
      ),
    );
    print(`\n${formatted}`);
    for (const message of failed) print(message);
    faults += Math.max(it.lost + it.doubled + Math.max(0, it.most - it.limit), failed.length);
    if (at(it.signInMs, 0.99) > SIGN_IN_MS) {
      print(`Links to sign in take longer than ${SIGN_IN_MS} ms.`);
      faults += 1;
    }
    if (it.naive.doubled === 0) {
      print("The control doubled nothing, so this run proves nothing.");
      faults += 1;
    }
  }
  if (wanted.includes("payments")) {
    const { it, failed, formatted } = await payments({ seed, size: size ?? 10_000, minutes, report });
    print("\npayments: Square's notices, each up to five times, in any order, late, never and forged, while Square fails and processes die\n");
    print(
      table(
        ["", "movements", "lost", "doubled", "forged accepted", "other differences", "credited too much"],
        [
          ["app", ...[it.movements, it.lost, it.doubled, it.forgedAccepted, it.wrong.length].map(String), "0"],
          [
            "control: adds up what is reported",
            String(it.movements),
            "-",
            "-",
            "-",
            `${it.naiveWrong} of ${it.cases} shops`,
            (it.naiveTooMuch / 100).toFixed(2),
          ],
        ],
      ),
    );
    print(`\n${formatted}`);
    for (const message of failed) print(message);
    faults += Math.max(it.lost + it.doubled + it.forgedAccepted + it.wrong.length, failed.length);
    if (it.naiveTooMuch === 0) {
      print("The control credited nothing too much, so this run proves nothing.");
      faults += 1;
    }
  }
  if (wanted.includes("repairs")) {
    const it = await repairs({ seed, size: size ?? 1_000, report });
    print(`\nrepairs: random sequences of steps on the work orders of one unit, compared with a model after each\n`);
    const row = (who: string, { run, steps, refused, wrongCases }: typeof it.app) => [who, ...[run.cases, steps, refused, wrongCases].map(String)];
    print(table(["", "cases", "steps", "refused", "went wrong"], [row("app", it.app), row("control: approved lines are added, not marked", it.control)]));
    print(`\n${it.formatted}`);
    for (const message of it.failed) if (it.app.wrongCases === 0) print(message);
    faults += Math.max(it.app.wrongCases, it.failed.length);
    if (it.control.wrongCases === 0) print("The control lost nothing, so this run proves nothing.");
  }
  if (wanted.includes("start")) {
    print("\nstart: how the processes of npm start end\n");
    for (const journey of journeys) {
      const { seen, wanted: expected, control = true } = await start(journey);
      const wrong = Object.keys(expected).filter((fact) => seen[fact] !== expected[fact]);
      print(`${journey}: ${wrong.length === 0 ? "held" : wrong.map((fact) => `${fact} is ${seen[fact]}`).join(", ")}`);
      faults += wrong.length;
      if (!control) {
        print("Nothing was left to be ended, so this journey proves nothing.");
        faults += 1;
      }
    }
  }
} finally {
  environment.remove();
}
print(faults === 0 ? "\nheld" : `\n${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
