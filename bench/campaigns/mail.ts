import { startVitest } from "vitest/node";
// Read here too, so that the campaign prints what the test's own failure would.
import { formatMailing, type MailingResult } from "../../tests/world/mailing/mailing-result.ts";

export type MailOptions = { seed: number; size: number; report?(message: string): void };
export type MailResult = { it: MailingResult; failed: string[]; formatted: string };

/** The lowest rate that the provider has published; one request in five is refused as one too many. */
const [LIMIT, BUSY] = ["2", "0.2"];

/** Plays mails in workerd as `tests/mailing.workers.test.ts` does with a few. */
export async function mail({ seed, size, report = () => {} }: MailOptions): Promise<MailResult> {
  Object.assign(process.env, { VITE_MAIL_SEED: String(seed), VITE_MAIL_SIZE: String(size), VITE_MAIL_LIMIT: LIMIT, VITE_MAIL_BUSY: BUSY });
  report(`playing ${size} mails of seed ${seed}`);
  const vitest = await startVitest("test", ["tests/mailing.workers.test.ts"], { project: ["workers"], watch: false, reporters: [{}], testTimeout: 0 });
  try {
    const tests = vitest.state.getTestModules().flatMap((file) => [...file.children.allTests()]);
    const it = tests[0]?.meta().mailing;
    const failed = tests.flatMap((test) => test.result().errors?.map(({ message }) => `${test.name}: ${message}`) ?? []);
    if (!it) throw new Error(`nothing was played: ${failed.join("\n") || vitest.state.getUnhandledErrors().map(String).join("\n")}`);
    return { it, failed, formatted: formatMailing(it) };
  } finally {
    await vitest.close();
  }
}
