import { paths } from "~/kernel/paths";
import type { Clock } from "~/kernel/time";
import type { Settings } from "~/platform/env.server";
import { readSquareState } from "../square/square-state.server";

/** Where a person who comes back from Square goes on, on the host where they began; null where the state is not ours. */
export function squareReturnPath(s: { settings: Pick<Settings, "linkKey">; clock: Clock }, answer: URLSearchParams): string | null {
  const state = answer.get("state");
  const begun = readSquareState(s.settings.linkKey, state, s.clock.now());
  if (!begun || state === null) return null;
  const to = new URL(paths.staff.payments, begun.origin);
  to.searchParams.set("state", state);
  const code = answer.get("code");
  if (code !== null) to.searchParams.set("code", code);
  return to.href;
}
