import type { MapPalette } from "./palette";
import { type ClusterMark, headingNotch, type Mark, NOTCH_LONGEST, NOTCHES, type PlateMark } from "./plate";
import { TONES, type UnitState } from "./unit-state";

const HEIGHT = 23;
const CORNER = 3;
const EDGE = 1.5;
const NOTCH_WIDTH = 9.5;
const PADDING = 5;
/** Room around the plate for the heading notch, the selection ring and the halo. */
const MARGIN = NOTCH_LONGEST + 5;
const STACK = 3;
export const PLATE_FONT = '600 15px "Barlow Condensed", "Roboto Condensed", "Arial Narrow", sans-serif';
const UNITS_FONT = '600 13px "Barlow Condensed", "Roboto Condensed", "Arial Narrow", sans-serif';

type Box = { x: number; y: number; width: number; height: number };

/** Draws a mark as pixels for `map.addImage`. */
export function drawMark(mark: Mark, palette: MapPalette, pixelRatio: number): ImageData {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser draws no 2D canvas");
  const width = Math.ceil(mark.kind === "plate" ? plateWidth(context, mark) : clusterWidth(context, mark));
  canvas.width = (width + 2 * MARGIN) * pixelRatio;
  canvas.height = (HEIGHT + 2 * MARGIN) * pixelRatio;
  context.scale(pixelRatio, pixelRatio);
  const box = { x: MARGIN, y: MARGIN, width, height: HEIGHT };
  if (mark.kind === "plate") drawPlate(context, mark, palette, box);
  else drawCluster(context, mark, palette, box);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

const clusterLabel = ({ count }: ClusterMark): readonly [string, string] => [String(count), " units"];

function plateWidth(context: CanvasRenderingContext2D, { number }: PlateMark): number {
  context.font = PLATE_FONT;
  return NOTCH_WIDTH + 2 * PADDING + context.measureText(number).width;
}

function clusterWidth(context: CanvasRenderingContext2D, mark: ClusterMark): number {
  const [count, unit] = clusterLabel(mark);
  context.font = PLATE_FONT;
  const figure = context.measureText(count).width;
  context.font = UNITS_FONT;
  return NOTCH_WIDTH + 2 * PADDING + figure + context.measureText(unit).width;
}

function drawPlate(context: CanvasRenderingContext2D, { number, state, headingDegrees, selected }: PlateMark, palette: MapPalette, box: Box): void {
  const ring = grown(box, 3.5);
  if (headingDegrees !== null) {
    if (selected) drawHeading(context, headingDegrees, palette.accent, palette.land, grown(ring, 1));
    else drawHeading(context, headingDegrees, palette.ink, palette.land, box);
  }
  if (selected) {
    outline(context, ring, CORNER + 3.5);
    context.fillStyle = palette.panel;
    context.fill();
    context.strokeStyle = palette.accent;
    context.lineWidth = 2.5;
    context.stroke();
  }
  drawBody(context, state, palette, box);
  context.font = PLATE_FONT;
  write(context, number, box.x + NOTCH_WIDTH + PADDING, box, palette.ink);
}

/** A stack of plates: the number of units, and the notch of the worst state. */
function drawCluster(context: CanvasRenderingContext2D, mark: ClusterMark, palette: MapPalette, box: Box): void {
  for (const step of [2, 1]) {
    outline(context, { ...box, x: box.x + step * STACK, y: box.y - step * STACK }, CORNER);
    context.fillStyle = palette.panel;
    context.fill();
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.25;
    context.stroke();
  }
  drawBody(context, mark.worst, palette, box);
  const [count, unit] = clusterLabel(mark);
  const left = box.x + NOTCH_WIDTH + PADDING;
  context.font = PLATE_FONT;
  write(context, count, left, box, palette.ink);
  const figure = context.measureText(count).width;
  context.font = UNITS_FONT;
  write(context, unit, left + figure, box, palette.label);
}

function drawBody(context: CanvasRenderingContext2D, state: UnitState, palette: MapPalette, box: Box): void {
  outline(context, grown(box, EDGE), CORNER + EDGE);
  context.fillStyle = palette.land;
  context.fill();
  outline(context, box, CORNER);
  context.fillStyle = palette.panel;
  context.fill();
  context.save();
  context.clip();
  context.translate(box.x, box.y);
  context.scale(NOTCH_WIDTH / 11, box.height / 24);
  const notch = new Path2D(NOTCHES[TONES[state]]);
  context.fillStyle = palette.lamps[TONES[state]];
  context.fill(notch);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.4;
  context.stroke(notch);
  context.restore();
  outline(context, grown(box, -EDGE / 2), CORNER - EDGE / 2);
  context.strokeStyle = palette.ink;
  context.lineWidth = EDGE;
  context.stroke();
}

function drawHeading(context: CanvasRenderingContext2D, headingDegrees: number, fill: string, halo: string, box: Box): void {
  const [tip, left, right] = headingNotch(box.width, box.height, headingDegrees);
  context.save();
  context.translate(box.x + box.width / 2, box.y + box.height / 2);
  context.beginPath();
  context.moveTo(...tip);
  context.lineTo(...left);
  context.lineTo(...right);
  context.closePath();
  context.lineJoin = "round";
  context.strokeStyle = halo;
  context.lineWidth = 3;
  context.stroke();
  context.fillStyle = fill;
  context.fill();
  context.restore();
}

function write(context: CanvasRenderingContext2D, text: string, left: number, box: Box, color: string): void {
  context.fillStyle = color;
  context.textBaseline = "alphabetic";
  // Figures and capitals have no descender, so they are centered by their own height.
  context.fillText(text, left, box.y + box.height / 2 + 5.25);
}

function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Box, radius: number): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});
