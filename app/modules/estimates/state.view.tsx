import type { Tone } from "~/ui/state-mark";
import type { RevisionState } from "./revision";

export const stateTones: Record<RevisionState, Tone> = {
  draft: "slate",
  sent: "blue",
  approved: "green",
  "partially-approved": "green",
  declined: "red",
  "changes-requested": "amber",
  withdrawn: "slate",
  superseded: "slate",
};
