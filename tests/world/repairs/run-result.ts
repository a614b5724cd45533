import type { Played } from "./play";

export type Run = { seed: number; cases: number; length: number };
export type Fault = { number: number; rules: string } & Played;
/** How often each kind of step happened, by its name; refusals are counted together. */
export type RunResult = { run: Run; steps: number; refused: number; kinds: Record<string, number>; wrongCases: number; faults: Fault[] };

export const formatFault = ({ number, rules, done, wrong }: Fault): string =>
  [`case ${number}, in the shop "${rules}"`, ...done.map(({ at, events }) => `  ${at} ${events.join("; ")}`), ...wrong.map((one) => `  => ${one}`)].join("\n");

export function formatRun({ run, steps, refused, kinds, wrongCases, faults }: RunResult): string {
  const counts = Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `seed ${run.seed}, ${run.cases} cases of up to ${run.length} steps: ${steps} steps happened, ${refused} were refused, ${wrongCases} cases went wrong`,
    counts.map(([kind, count]) => `${kind} ${count}`).join(", "),
    ...faults.map(formatFault),
  ].join("\n");
}

/** What must have happened for a run to mean anything. */
export const wantedKinds = [
  "open",
  "write lines",
  "edit a line",
  "remove line",
  "write options",
  "preselect another option",
  "choose between options",
  "choose another option",
  "decline all options",
  "switch",
  "the shop switches",
  "not switched, it isn't cheaper",
  "complete, options go along",
  "create an estimate",
  "send",
  "edit an offered line",
  "revise",
  "choose lines",
  "withdraw",
  "approve all",
  "approve some",
  "approve by phone",
  "approve work of a locked order",
  "decline all",
  "ask for changes",
  "grow an authorized line",
  "send a supplement",
  "decline a supplement",
  "decide approved",
  "decide declined",
  "withdraw approval",
  "take over",
  "arrive",
  "cancel by cron",
  "vendor addition",
  "decide override",
  "decide warranty",
  "decide internal",
  "assign a new line",
  "assign a chosen line",
  "assign, priced elsewhere",
  "vendor accept",
  "vendor decline",
  "reassign",
  "vendor submit-estimate",
  "vendor approve-estimate",
  "vendor submit-invoice",
  "vendor approve-invoice",
  "vendor reverse",
  "vendor call-off",
  "complete",
  "complete with follow-up",
  "complete and withdraw approved work",
  "reopen",
  "draft an invoice",
  "issue",
  "issue with a reason",
  "not issued, a price is open",
  "not issued, the shop blocks it",
  "void",
  "credit note",
  "sell",
  "cancel",
] as const;
