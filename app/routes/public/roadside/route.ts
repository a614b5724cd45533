import { networkBehind } from "~/platform/http/origin.server";
import { anyone } from "~/platform/http/public-guard.server";
import { roadsideAnswer } from "./answer.server";

export const loader = anyone.loader("the inspections of the one unit that its link names, for a time", async ({ context, request, params, platform }) => {
  if (!(await platform.withinLimit("sign-in", networkBehind(request)))) throw new Response("Too many requests from here. Wait a minute.", { status: 429 });
  return roadsideAnswer(context, request, params.token);
});
