import { never } from "~/kernel/result";
import { type Act, type Change, type Circumstances, type Decided, notAllowed } from "./command";
import { answer, askColleague, view } from "./decisions/answer-revision";
import type { Estimate } from "./estimate";
import { type Action, lifeCycle, type Who } from "./life-cycle";
import { revise, send, write } from "./write-revision";

const actionOf = (act: Act["act"]): Action => (act === "write-head" || act === "write-group" || act === "remove-group" ? "write" : act);
const isFor = (action: Action, who: Who): boolean => lifeCycle[action].who.some((allowed) => allowed === who);

export function decide(estimate: Estimate, act: Act, at: Circumstances): Decided {
  if (!isFor(actionOf(act.act), at.who)) return notAllowed(at.who === "staff" ? "Only the customer does this." : "Only the shop does this.");
  switch (act.act) {
    case "write-head":
    case "write-group":
    case "remove-group":
      return write(estimate, act);
    case "send":
      return send(estimate, act, at);
    case "revise":
      return revise(estimate, act);
    case "view":
      return view(estimate, act, at);
    case "ask-colleague":
      return askColleague(estimate, act, at);
    case "answer":
      return answer(estimate, act, at);
    default:
      return never(act);
  }
}

/** The estimate as it stands after a change: one version on. */
export function applied(estimate: Estimate, { revisions }: Change): Estimate {
  const kept = estimate.revisions.filter((one) => !revisions.some(({ revision }) => revision === one.revision));
  return { ...estimate, version: estimate.version + 1, revisions: [...kept, ...revisions].sort((a, b) => a.revision - b.revision) };
}

/** Whether the customer can tell the difference: a draft is the shop's alone, also one of an estimate that was sent before. */
export const isSeenByCustomer = ({ revisions }: Change): boolean => revisions.some(({ offer }) => offer !== null);
