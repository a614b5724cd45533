import { redirect } from "react-router";
import { paths } from "~/kernel/paths";
import { squareReturnPath } from "~/modules/payments/checkouts/square-return.server";
import { anyone } from "~/platform/http/public-guard.server";

/** Square knows one address of ours; whoever comes back is sent on to the shop's own, where they are signed in. */
export const loader = anyone.loader("takes a state that we signed only, and sends its bearer to the shop's own address", async ({ url, platform }) => {
  throw redirect(squareReturnPath(platform, url.searchParams) ?? paths.staff.payments);
});
