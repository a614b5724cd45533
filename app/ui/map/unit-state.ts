import type { Tone } from "../state-mark";

export type Motion = "moving" | "idle" | "stopped" | "stale";

/** From best to worst; a cluster shows the worst state in it. */
export const UNIT_STATES = ["moving", "stopped", "idle", "stale", "critical"] as const;
export type UnitState = (typeof UNIT_STATES)[number];

export const TONES: Record<UnitState, Tone> = {
  moving: "green",
  stopped: "slate",
  idle: "blue",
  stale: "amber",
  critical: "red",
};

export const unitState = ({ motion, critical }: { motion: Motion; critical: boolean }): UnitState => (critical ? "critical" : motion);

export const severity = (state: UnitState): number => UNIT_STATES.indexOf(state);
export const stateOfSeverity = (rank: number): UnitState => UNIT_STATES[rank] ?? "stopped";
