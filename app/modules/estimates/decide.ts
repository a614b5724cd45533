import { never } from "~/kernel/result";
import { type Change, type Decided, type DecisionContext, type EstimateCommand, notAllowed } from "./command";
import { answer, askColleague, view } from "./decisions/answer-revision";
import type { Estimate } from "./estimate";
import { lifeCycle, type Who } from "./life-cycle";
import { revise, send, sendAgain, withdraw, write } from "./write-revision";

const isFor = (action: EstimateCommand["intent"], who: Who): boolean => lifeCycle[action].who.some((allowed) => allowed === who);

export function decide(estimate: Estimate, command: EstimateCommand, at: DecisionContext): Decided {
  if (!isFor(command.intent, at.who)) return notAllowed(at.who === "staff" ? "Only the customer can do this." : "Only the shop can do this.");
  switch (command.intent) {
    case "write":
      return write(estimate, command, at);
    case "send":
      return send(estimate, command, at);
    case "revise":
      return revise(estimate, command);
    case "send-again":
      return sendAgain(estimate, at);
    case "withdraw":
      return withdraw(estimate, command, at);
    case "view":
      return view(estimate, command, at);
    case "ask-colleague":
      return askColleague(estimate, command, at);
    case "answer":
      return answer(estimate, command, at);
    default:
      return never(command);
  }
}

/** The estimate after a change, at the next version. */
export function applied(estimate: Estimate, { revisions }: Change): Estimate {
  const kept = estimate.revisions.filter((one) => !revisions.some(({ revision }) => revision === one.revision));
  return { ...estimate, version: estimate.version + 1, revisions: [...kept, ...revisions].sort((a, b) => a.revision - b.revision) };
}

/** Whether the customer sees a difference. A draft is internal, even when earlier revisions were sent. */
export const isSeenByCustomer = ({ revisions }: Change): boolean => revisions.some(({ offer }) => offer !== null);
