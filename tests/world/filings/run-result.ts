export type Run = { seed: number; filings: number };

export type RunResult = {
  run: Run;
  shops: number;
  filings: number;
  reports: number;
  photos: number;
  requests: number;
  /** What the network did: requests that never came, answers that never came back, requests that came twice or after their answer was given up. */
  lostRequests: number;
  lostAnswers: number;
  doubledRequests: number;
  lateRequests: number;
  /** Others that answered in the server's place. */
  foreignAnswers: number;
  serverDeaths: number;
  phoneDeaths: number;
  /** Reports, defects, sightings, readings or photos that are missing on the server, or there more than once; photos that differ. */
  lost: number;
  doubled: number;
  damaged: number;
  /** In words, what else went wrong. */
  wrong: string[];
  /** A phone without ids of its own, and one that forgets what it sent once, on the same network. */
  naiveSent: number;
  naiveDoubled: number;
  naiveLost: number;
};

export const formatRun = (it: RunResult): string =>
  [
    `seed ${it.run.seed}, ${it.shops} shops: ${it.filings} filings with ${it.reports} reports and ${it.photos} photos, in ${it.requests} requests`,
    `${it.lostRequests} requests and ${it.lostAnswers} answers lost, ${it.doubledRequests} requests doubled, ${it.lateRequests} came late, ${it.foreignAnswers} were answered by others; ${it.serverDeaths} processes and ${it.phoneDeaths} phones died`,
    `${it.lost} lost, ${it.doubled} doubled, ${it.damaged} damaged, ${it.wrong.length} other differences`,
    ...it.wrong.slice(0, 10),
  ].join("\n");
