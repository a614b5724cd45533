import path from "node:path";
import type { AppOptions, AppReady } from "../parts/app-server.ts";
import { formatSpread, median, spreadOf, table } from "../parts/numbers.ts";
import { posterTo } from "../parts/post.ts";
import { startServer } from "../parts/processes.ts";
import type { BenchEnvironment } from "../parts/targets.ts";

type Encoding = "multipart" | "urlencoded";
type Round = { cold: number; warm: number };
export type FormsResult = Record<Encoding, Round[]>;

/** A form without an address is refused before anything is hashed or looked up, so only its reading is timed. */
const forms: Record<Encoding, { type: string; body: string }> = {
  multipart: { type: "multipart/form-data; boundary=b", body: '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n\r\n--b--\r\n' },
  urlencoded: { type: "application/x-www-form-urlencoded", body: "email=" },
};
const WARM = 20;

/** How long a form takes that is the first of its kind in a fresh process, whose pages were opened before, and later ones. */
export async function measureForms(environment: BenchEnvironment, rounds: number, report: (message: string) => void): Promise<FormsResult> {
  const results: FormsResult = { multipart: [], urlencoded: [] };
  for (let round = 0; round < rounds; round++)
    for (const encoding of ["multipart", "urlencoded"] as const) {
      const options: AppOptions = { dataDir: path.join(environment.folder, "forms"), modulesFile: environment.modulesFile };
      const server = await startServer<AppReady>("app-server.ts", options, { quiet: true });
      const { url } = server.ready;
      const poster = posterTo(url, 1);
      try {
        for (let n = 0; n < 5; n++) await poster.send("/login", { method: "GET" });
        const { type, body } = forms[encoding];
        const send = async () => {
          const begun = performance.now();
          const { status } = await poster.send("/login", { headers: { Origin: url, "Content-Type": type }, body });
          if (status !== 422) throw new Error(`the form was answered ${status}`);
          return performance.now() - begun;
        };
        const cold = await send();
        const later: number[] = [];
        for (let n = 0; n < WARM; n++) later.push(await send());
        results[encoding].push({ cold, warm: median(later) });
        report(`${encoding}, round ${round + 1}: ${cold.toFixed(1)} ms, later ${median(later).toFixed(1)} ms`);
      } finally {
        poster.close();
        await server.stop();
      }
    }
  return results;
}

export const formsTable = (results: FormsResult): string =>
  table(
    ["form", "first of its kind, ms", "later ones, ms"],
    (["multipart", "urlencoded"] as const).map((encoding) => [
      encoding,
      formatSpread(spreadOf(results[encoding].map(({ cold }) => cold))),
      formatSpread(spreadOf(results[encoding].map(({ warm }) => warm))),
    ]),
  );
