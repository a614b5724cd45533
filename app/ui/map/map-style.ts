import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { type MapPalette, type MapTheme, palettes } from "./palette";

export const CLUSTER_RADIUS = 54;
const MAX_SOURCE_ZOOM = 16;

/** Font names here are CSS families: without a `glyphs` URL the map draws text with the page's own fonts. */
const TEXT_FONT = ["Barlow"];
const CONDENSED_FONT = ["Barlow Condensed"];

/** An image has room around its plate; names may come that close. */
const ICON_PADDING = -15;

const empty = { type: "FeatureCollection" as const, features: [] };
const basemap = (file: string, tolerance = 0.3) => ({ type: "geojson" as const, data: `/basemap/${file}.json`, tolerance });

export function mapStyle(theme: MapTheme): StyleSpecification {
  return {
    version: 8,
    sources: {
      land: basemap("land"),
      states: basemap("states"),
      counties: basemap("counties", 0.5),
      roads: basemap("demo-roads", 0.2),
      towns: basemap("towns"),
      trail: { type: "geojson", data: empty },
      units: {
        type: "geojson",
        data: empty,
        maxzoom: MAX_SOURCE_ZOOM,
        cluster: true,
        clusterRadius: CLUSTER_RADIUS,
        clusterMaxZoom: MAX_SOURCE_ZOOM - 1,
        clusterProperties: { worst: ["max", ["get", "severity"]] },
      },
      selected: { type: "geojson", data: empty },
    },
    layers: layers(theme),
  };
}

const byZoom = (...stops: number[]): ExpressionSpecification => ["interpolate", ["exponential", 1.4], ["zoom"], ...stops] as unknown as ExpressionSpecification;

/** From bottom to top; where labels collide, the later layer wins. */
export function layers(theme: MapTheme): LayerSpecification[] {
  const palette = palettes[theme];
  return [...baseLayers(palette), ...roads(palette), ...trail(palette), ...names(palette), ...stops(palette), ...units(theme)];
}

const baseLayers = ({ water, neighbor, land, county, border }: MapPalette): LayerSpecification[] => [
  { id: "water", type: "background", paint: { "background-color": water } },
  { id: "neighbors", type: "fill", source: "land", paint: { "fill-color": neighbor } },
  { id: "land", type: "fill", source: "states", filter: ["==", ["get", "kind"], "land"], paint: { "fill-color": land } },
  {
    id: "counties",
    type: "line",
    source: "counties",
    minzoom: 5.5,
    paint: { "line-color": county, "line-width": byZoom(5.5, 0.5, 10, 1.25), "line-opacity": byZoom(5.5, 0, 6.5, 1) },
  },
  {
    id: "borders",
    type: "line",
    source: "states",
    filter: ["==", ["get", "kind"], "border"],
    layout: { "line-join": "round" },
    paint: { "line-color": border, "line-width": byZoom(3, 0.5, 7, 1.1, 12, 2), "line-dasharray": [4, 2] },
  },
];

function roads({ land, roadMajor, roadMinor }: MapPalette): LayerSpecification[] {
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const rank = (value: number): ExpressionSpecification => ["==", ["get", "rank"], value];
  return [
    {
      id: "streets",
      type: "line",
      source: "roads",
      filter: rank(3),
      minzoom: 9,
      layout: round,
      paint: { "line-color": roadMinor, "line-width": byZoom(9, 0.6, 12, 2, 15, 5) },
    },
    {
      id: "highways",
      type: "line",
      source: "roads",
      filter: rank(2),
      minzoom: 5,
      layout: round,
      paint: { "line-color": roadMinor, "line-width": byZoom(5, 0.7, 9, 1.8, 12, 3.2, 15, 7) },
    },
    // A line in the land's color under the interstates, so that a crossing looks like a bridge.
    {
      id: "interstate-edge",
      type: "line",
      source: "roads",
      filter: rank(1),
      minzoom: 6,
      layout: round,
      paint: { "line-color": land, "line-width": byZoom(6, 2.2, 9, 4.4, 12, 7.6, 15, 13) },
    },
    {
      id: "interstates",
      type: "line",
      source: "roads",
      filter: rank(1),
      layout: round,
      paint: { "line-color": roadMajor, "line-width": byZoom(4, 0.6, 6, 1.1, 9, 2.4, 12, 4.6, 15, 9) },
    },
  ];
}

const names = ({ label, labelSoft, land }: MapPalette): LayerSpecification[] => [
  {
    id: "state-names",
    type: "symbol",
    source: "states",
    filter: ["==", ["get", "kind"], "label"],
    maxzoom: 8,
    layout: {
      "text-field": ["get", "name"],
      "text-font": TEXT_FONT,
      "text-size": byZoom(3, 10, 7, 15),
      "text-transform": "uppercase",
      "text-letter-spacing": 0.22,
      "text-max-width": 7,
      "text-padding": 6,
    },
    paint: {
      "text-color": labelSoft,
      "text-halo-color": land,
      "text-halo-width": 1.2,
      "text-opacity": byZoom(6.5, 0.85, 8, 0.5),
    },
  },
  {
    id: "road-names",
    type: "symbol",
    source: "roads",
    minzoom: 7,
    // Streets get names only where there is room.
    filter: ["any", ["<", ["get", "rank"], 3], [">=", ["zoom"], 12]],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 340,
      "text-field": ["get", "label"],
      "text-font": CONDENSED_FONT,
      "text-size": byZoom(7, 11, 13, 13),
      "text-padding": 12,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: { "text-color": labelSoft, "text-halo-color": land, "text-halo-width": 2.5 },
  },
  {
    id: "towns",
    type: "symbol",
    source: "towns",
    filter: ["<=", ["get", "rank"], ["step", ["zoom"], 1, 5, 2, 7, 3, 9, 4, 10, 5]],
    layout: {
      "text-field": ["get", "name"],
      "text-font": TEXT_FONT,
      "text-size": [
        "interpolate",
        ["linear"],
        ["zoom"],
        4,
        ["match", ["get", "rank"], 1, 12, 2, 11, 10],
        10,
        ["match", ["get", "rank"], 1, 18, 2, 16, 3, 14, 13],
      ],
      "text-max-width": 8,
      "text-padding": 5,
      "symbol-sort-key": ["get", "rank"],
    },
    paint: {
      "text-color": ["match", ["get", "rank"], [1, 2], label, labelSoft],
      "text-halo-color": land,
      "text-halo-width": 1.6,
    },
  },
];

/** Below the names, which stay readable on top of it. */
const trail = ({ accent }: MapPalette): LayerSpecification[] => [
  {
    id: "trail",
    type: "line",
    source: "trail",
    filter: ["==", ["get", "kind"], "line"],
    layout: { "line-join": "round" },
    paint: { "line-color": accent, "line-width": byZoom(6, 2.5, 12, 4.5), "line-opacity": ["get", "strength"] },
  },
];

function stops({ accent, panel, label }: MapPalette): LayerSpecification[] {
  const isStop: ExpressionSpecification = ["==", ["get", "kind"], "stop"];
  return [
    {
      id: "trail-stops",
      type: "circle",
      source: "trail",
      filter: isStop,
      paint: {
        "circle-radius": byZoom(6, 3, 12, 5.5),
        "circle-color": panel,
        "circle-stroke-color": accent,
        "circle-stroke-width": 2,
        "circle-stroke-opacity": ["max", 0.45, ["get", "strength"]],
      },
    },
    {
      id: "trail-labels",
      type: "symbol",
      source: "trail",
      filter: isStop,
      minzoom: 8.5,
      layout: {
        "text-field": ["concat", "stopped ", ["get", "label"]],
        "text-font": TEXT_FONT,
        "text-size": 12,
        "text-anchor": "left",
        "text-offset": [0.8, 0],
        // Of two stops on one spot the later one gets the label.
        "symbol-sort-key": ["-", ["get", "strength"]],
      },
      paint: { "text-color": label, "text-halo-color": panel, "text-halo-width": 2 },
    },
  ];
}

/** The theme is part of an image's name, so that a change of theme requests new ones. */
const units = (theme: MapTheme): LayerSpecification[] => [
  {
    id: "units",
    type: "symbol",
    source: "units",
    layout: {
      "icon-image": [
        "case",
        ["has", "point_count"],
        ["concat", theme, "/cluster/", ["to-string", ["get", "worst"]], "/", ["to-string", ["get", "point_count"]]],
        ["concat", theme, "/", ["get", "plate"]],
      ],
      "icon-allow-overlap": true,
      "icon-padding": ICON_PADDING,
      // The worst state is on top where plates overlap.
      "symbol-sort-key": ["coalesce", ["get", "worst"], ["get", "severity"]],
    },
  },
  {
    id: "selected",
    type: "symbol",
    source: "selected",
    layout: { "icon-image": ["concat", theme, "/", ["get", "plate"]], "icon-allow-overlap": true, "icon-padding": ICON_PADDING },
  },
];
