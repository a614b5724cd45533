import { refuse } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";

export const meta = () => [{ title: "Page not found" }];

export const loader = anyone.loader("answers 404", async () => {
  throw refuse(404, "Not found");
});

export default function NotFound() {
  return null;
}
