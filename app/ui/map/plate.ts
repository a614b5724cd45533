import type { Tone } from "../state-mark";
import { severity, stateOfSeverity, type UnitState } from "./unit-state";

/**
 * Plates are map images, made when a tile first asks for one. The image's name encodes everything drawn on it, so the map's
 * data stays plain and the worker needs no images.
 */
export type PlateMark = { number: string; state: UnitState; headingDegrees: number | null; selected: boolean };
export type ClusterMark = { count: number; worst: UnitState };
export type Mark = ({ kind: "plate" } & PlateMark) | ({ kind: "cluster" } & ClusterMark);

/** One image per 15 degrees: smaller steps can't be seen on a mark this small. */
const HEADING_STEP = 15;

export function plateImage({ number, state, headingDegrees, selected }: PlateMark): string {
  const heading = headingDegrees === null ? "-" : (Math.round(headingDegrees / HEADING_STEP) * HEADING_STEP) % 360;
  return `plate/${severity(state)}/${heading}/${selected ? 1 : 0}/${number}`;
}

export const clusterImage = ({ count, worst }: ClusterMark): string => `cluster/${severity(worst)}/${count}`;

export function markOfImage(name: string): Mark | null {
  const [kind, rank, third = "", fourth, ...rest] = name.split("/");
  const state = stateOfSeverity(Number(rank));
  if (kind === "cluster") return { kind, count: Number(third), worst: state };
  if (kind !== "plate") return null;
  // A unit number may hold a slash of its own.
  return { kind, state, headingDegrees: third === "-" ? null : Number(third), selected: fourth === "1", number: rest.join("/") };
}

/** The same notches as on the unit plates of all pages, 11 wide and 24 high. */
export const NOTCHES: Record<Tone, string> = {
  slate: "M0 0H4V24H0Z",
  blue: "M0 0H2C12 4 12 20 2 24H0Z",
  amber: "M0 0H9V9H4V15H9V24H0Z",
  green: "M0 0H2L10 12 2 24H0Z",
  red: "M0 0H9L4 6 9 12 4 18 9 24H0Z",
};

type XY = readonly [x: number, y: number];

/** The tab on the edge of a plate, `width` by `height` around 0, 0: its root is on the edge and its tip points in the unit's direction. */
export function headingNotch(width: number, height: number, headingDegrees: number): readonly [tip: XY, left: XY, right: XY] {
  const radians = (headingDegrees * Math.PI) / 180;
  const [east, south] = [Math.sin(radians), -Math.cos(radians)];
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  const toSide = halfWidth / Math.max(1e-9, Math.abs(east));
  const toTop = halfHeight / Math.max(1e-9, Math.abs(south));
  const edge = Math.min(toSide, toTop);
  const [x, y] = [east * edge, south * edge];
  // A tab that leans far over is drawn longer, so that it stays visible.
  const length = Math.min(NOTCH_LONGEST, Math.max(NOTCH_LENGTH, NOTCH_OUT / Math.abs(toSide < toTop ? east : south)));
  const tip: XY = [x + east * length, y + south * length];
  if (toSide < toTop) {
    const [low, high] = root(y, halfHeight);
    return [tip, [x, low], [x, high]];
  }
  const [low, high] = root(x, halfWidth);
  return [tip, [low, y], [high, y]];
}

/** Kept within the straight part of the edge. */
function root(at: number, half: number): readonly [number, number] {
  const middle = Math.max(-half + NOTCH_HALF, Math.min(half - NOTCH_HALF, at));
  return [middle - NOTCH_HALF, middle + NOTCH_HALF];
}

export const NOTCH_LONGEST = 13;
const NOTCH_LENGTH = 9;
const NOTCH_OUT = 7;
const NOTCH_HALF = 5.5;
