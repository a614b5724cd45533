/** Plays until Square made so many notices, or so many minutes are over. */
export type Run = { seed: number; notices: number; minutes: number };

export type RunResult = {
  run: Run;
  cases: number;
  /** Notices that Square made, each once, and how often they came. */
  notices: number;
  deliveries: number;
  /** Notices that never came: only the question what changed finds those. */
  neverCame: number;
  forged: number;
  forgedAccepted: number;
  /** Processes that died somewhere between the first and the last write about a notice. */
  deaths: number;
  /** Failures of Square's that were made. */
  faults: number;
  checkouts: number;
  refundsAsked: number;
  disputes: number;
  /** Transfers that banks took back weeks later. */
  returns: number;
  /** Of those, reported by the payment's own status, not as a dispute. */
  returnsByStatus: number;
  /** What Square did with money, and what of it is not on the account, or on it more than once. */
  movements: number;
  lost: number;
  doubled: number;
  /** In words, what else differs from what Square has. */
  wrong: string[];
  /** Adding up what is reported: cases in which it credits too much, and by how much. */
  naiveWrong: number;
  naiveTooMuch: number;
};

export const formatRun = (it: RunResult): string =>
  [
    `seed ${it.run.seed}, ${it.cases} shops: ${it.notices} notices came ${it.deliveries} times, ${it.neverCame} never; ${it.forged} forged`,
    `${it.checkouts} checkouts, ${it.refundsAsked} refunds asked for, ${it.disputes} disputes, ${it.returns} transfers returned weeks later, ${it.returnsByStatus} of them by status; ${it.faults} failures of Square, ${it.deaths} processes died`,
    `${it.movements} movements of money: ${it.lost} lost, ${it.doubled} doubled, ${it.forgedAccepted} forged accepted, ${it.wrong.length} other differences`,
    ...it.wrong.slice(0, 10),
  ].join("\n");
