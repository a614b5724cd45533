import type { Answer } from "../../../app/routes/driver/app/phone/send-round.ts";
import type { Dice } from "../repairs/dice.ts";
import type { Put } from "./phone.ts";

type Sent = { path: string; body: string | ArrayBuffer; headers: Record<string, string> };
type Counted = "requests" | "lostRequests" | "lostAnswers" | "doubledRequests" | "lateRequests" | "foreignAnswers";
export type Lines = { dice: Dice; count(what: Counted): void; serve(request: Sent): Promise<Answer> };
export type Network = { put: Put; deliverLate(share: number): Promise<void> };

/** What a hotel's Wi-Fi answers until somebody accepts its terms. */
const FOREIGN: Answer = { status: 200, headers: new Headers(), text: "<!doctype html><title>Welcome</title><p>Accept our terms to go online.</p>" };

/** A network that fails at any request: in a third of them something happens. */
export function networkOf({ dice, count, serve }: Lines): Network {
  let late: Sent[] = [];
  const lost = () => new Error("no connection");
  return {
    async put(path, body, headers) {
      const request: Sent = { path, body, headers };
      count("requests");
      const fate = dice.below(100);
      if (fate < 9) {
        count("lostRequests");
        throw lost();
      }
      if (fate < 18) {
        count("lostAnswers");
        await serve(request).catch(() => {});
        throw lost();
      }
      if (fate < 24) {
        count("doubledRequests");
        const [first] = await Promise.allSettled([serve(request), serve(request)]);
        if (first.status === "rejected") throw first.reason;
        return first.value;
      }
      if (fate < 30) {
        // The phone gave it up, and it arrives all the same: after the next try, or after many.
        count("lateRequests");
        late.push(request);
        throw lost();
      }
      if (fate < 33) {
        count("foreignAnswers");
        return FOREIGN;
      }
      return serve(request);
    },
    /** Requests that come long after: in any order. */
    async deliverLate(share) {
      const due = late.filter(() => dice.chance(share));
      late = late.filter((one) => !due.includes(one));
      while (due.length > 0) for (const request of due.splice(dice.below(due.length), 1)) await serve(request).catch(() => {});
    },
  };
}
