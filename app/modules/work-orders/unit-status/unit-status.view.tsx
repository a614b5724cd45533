import type { Tone } from "~/ui/state-mark";
import type { UnitStatus } from "./unit-status";

export const statusTones: Record<UnitStatus, Tone> = { "in-service": "green", "in-shop": "blue", waiting: "amber", "out-of-service": "red" };
