// Read here too, so that the campaign prints what the test's own failure would.
import { formatMailing, type MailingResult } from "../../tests/world/mailing/mailing-result.ts";
import { playInWorkerd } from "../parts/play.ts";

export type MailOptions = { seed: number; size: number; report?(message: string): void };
export type MailResult = { it: MailingResult; failed: string[]; formatted: string };

/** The lowest rate that the provider has published; one request in five is refused as one too many, and one in 200 is never answered. */
const [LIMIT, BUSY, HANGS] = ["2", "0.2", "0.005"];
/** How long somebody waits for a link to sign in, of a hundred all but one. */
export const SIGN_IN_MS = 5_000;

/** Plays mails in workerd as `tests/mailing.workers.test.ts` does with a few. */
export async function mail({ seed, size, report = () => {} }: MailOptions): Promise<MailResult> {
  report(`playing ${size} mails of seed ${seed}`);
  const { result, failed } = await playInWorkerd(
    "tests/mailing.workers.test.ts",
    { VITE_MAIL_SEED: String(seed), VITE_MAIL_SIZE: String(size), VITE_MAIL_LIMIT: LIMIT, VITE_MAIL_BUSY: BUSY, VITE_MAIL_HANGS: HANGS },
    ([test]) => test?.meta().mailing,
  );
  return { it: result, failed, formatted: formatMailing(result) };
}
