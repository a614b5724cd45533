import { ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { SquareClient, SquareFault, SquarePayout } from "../square/square";
import { takePages } from "../take-pages.server";

type Needs = { client: Pick<SquareClient, "payouts">; locationId: string };

/** Far above two years of daily payouts. */
const MOST_PAGES = 50;

/** What Square paid out to the shop's bank account in a period; what failed is left out. */
export async function listPayouts({ client, locationId }: Needs, since: UtcMs, until: UtcMs): Promise<Result<SquarePayout[], SquareFault>> {
  const payouts: SquarePayout[] = [];
  const { fault } = await takePages(
    MOST_PAGES,
    async (cursor) => {
      const read = await client.payouts({ locationId, since, until, cursor });
      return read.ok ? ok({ items: read.value.payouts, cursor: read.value.cursor }) : read;
    },
    async (payout) => {
      if (payout.status !== "FAILED") payouts.push(payout);
    },
  );
  return fault ? { ok: false, error: fault } : ok(payouts);
}
