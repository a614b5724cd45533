import { refuse } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";

export const meta = () => [{ title: "Nothing here" }];

export const loader = anyone.loader("says that there is nothing", async () => {
  throw refuse(404, "Not found");
});

export default function NotFound() {
  return null;
}
