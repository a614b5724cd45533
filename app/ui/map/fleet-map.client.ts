import { type GeoJSONSource, Map as MapLibreMap, type MapMouseEvent, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { layers, mapStyle } from "./map-style";
import { type MapTheme, palettes } from "./palette";
import { markOfImage } from "./plate";
import { drawMark, PLATE_FONT } from "./plate-image";
import { type TrailPoint, trailFeatures } from "./trail";
import { boundsOf, type MapUnit, unitFeatures } from "./units";

export type { TrailPoint } from "./trail";
export type { MapUnit } from "./units";

// Without this the worker is requested next to the bundle, which is a 404, and the map stays empty.
setWorkerUrl(workerUrl);

export type FleetMap = {
  /** Cheap to call for every frame of the socket: one write to the map per animation frame. */
  setUnits(units: readonly MapUnit[]): void;
  select(id: string | null, options?: { fly?: boolean }): void;
  /** In chronological order; null removes the trail. */
  setTrail(points: readonly TrailPoint[] | null): void;
  fitAll(): void;
  zoomBy(steps: number): void;
  setTheme(theme: MapTheme): void;
  /** The positions of the units in the map's own GeoJSON sources. */
  positions(): Record<string, [longitude: number, latitude: number]>;
  destroy(): void;
};

export type FleetMapOptions = {
  container: HTMLElement;
  theme: MapTheme;
  reducedMotion: boolean;
  onSelect(id: string | null): void;
  onReady?(): void;
};

const LOWER_48: [number, number, number, number] = [-125, 24.5, -66.5, 49.5];
const FIT_ZOOM = 11;
const FLY_ZOOM = 10.5;
const MAX_ZOOM = 17;
const CAMERA_MS = 450;
/** A background tab gets no animation frames, but should be right when it becomes visible. */
const FRAME_AT_LATEST_MS = 250;
/** Plate images beyond this many are dropped once no unit uses them. */
const IMAGES_KEPT = 600;
const EMPTY = { type: "FeatureCollection" as const, features: [] };

export function createFleetMap({ container, theme, reducedMotion, onSelect, onReady }: FleetMapOptions): FleetMap {
  let units: readonly MapUnit[] = [];
  let selectedId: string | null = null;
  let trail: readonly TrailPoint[] | null = null;
  let ready = false;
  let fitted = false;
  let currentTheme = theme;

  const map = new MapLibreMap({
    container,
    style: mapStyle(theme),
    bounds: LOWER_48,
    minZoom: 2,
    maxZoom: MAX_ZOOM,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    // The list next to the map is the keyboard alternative.
    keyboard: false,
    renderWorldCopies: false,
    // No label fading, which would flicker with every position.
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  const canvas = map.getCanvas();
  canvas.tabIndex = -1;
  canvas.setAttribute("aria-hidden", "true");
  canvas.removeAttribute("role");

  const source = (id: string) => map.getSource<GeoJSONSource>(id);
  const duration = () => (reducedMotion ? 0 : CAMERA_MS);

  map.setMissingStyleImageResolver(async (name) => {
    const slash = name.indexOf("/");
    const mark = markOfImage(name.slice(slash + 1));
    if (!mark) return;
    await plateFont();
    if (map.hasImage(name)) return;
    const pixelRatio = Math.max(2, Math.ceil(window.devicePixelRatio));
    map.addImage(name, drawMark(mark, palettes[name.slice(0, slash) === "dark" ? "dark" : "light"], pixelRatio), { pixelRatio });
  });

  const draw = oncePerFrame(() => {
    if (!ready) return;
    const { others, selected } = unitFeatures(units, selectedId);
    source("units")?.setData(others);
    source("selected")?.setData(selected);
    forgetImages(
      map,
      [...others.features, ...selected.features].map(({ properties }) => `${currentTheme}/${properties.plate}`),
    );
    if (!fitted && units.length > 0) {
      fitted = true;
      fit(0);
    }
  });
  const drawTrail = oncePerFrame(() => {
    if (ready) source("trail")?.setData(trail ? trailFeatures(trail) : EMPTY);
  });

  function fit(ms: number): void {
    const room = Math.min(64, container.clientWidth / 8, container.clientHeight / 8);
    // The buttons are on the right, the legend at the bottom.
    const padding = { top: room, left: room, right: room + 40, bottom: room + 24 };
    map.fitBounds(boundsOf(units) ?? LOWER_48, { padding, maxZoom: FIT_ZOOM, duration: ms });
  }

  async function openCluster(clusterId: number, center: [number, number]): Promise<void> {
    const clustered = source("units");
    const zoom = await clustered?.getClusterExpansionZoom(clusterId);
    if (!clustered || zoom === undefined) return;
    if (zoom < MAX_ZOOM - 1) {
      map.easeTo({ center, zoom: zoom + 0.3, duration: duration() });
      return;
    }
    // Trucks parked on one spot never separate, so each tap selects the next one.
    const leaves = await clustered.getClusterLeaves(clusterId, 1, 0);
    const id = leaves[0]?.properties?.id;
    if (typeof id === "string") onSelect(id);
  }

  const hit = (event: MapMouseEvent) => (ready ? map.queryRenderedFeatures(event.point, { layers: ["selected", "units"] })[0] : undefined);

  map.on("click", (event) => {
    const found = hit(event);
    if (!found) onSelect(null);
    else if (found.properties.cluster && found.geometry.type === "Point") {
      const [longitude = 0, latitude = 0] = found.geometry.coordinates;
      openCluster(Number(found.properties.cluster_id), [longitude, latitude]).catch(() => {
        // A newer position dissolved the cluster before it answered; the next tap finds the new one.
      });
    } else onSelect(String(found.properties.id));
  });
  map.on("mousemove", (event) => {
    const found = hit(event);
    canvas.style.cursor = found ? "pointer" : "";
    canvas.title = found?.properties.title ?? "";
  });
  map.on("style.load", () => {
    if (ready) return;
    ready = true;
    draw();
    drawTrail();
    onReady?.();
  });

  return {
    setUnits(next) {
      units = next;
      draw();
    },
    select(id, options) {
      selectedId = id;
      draw();
      const unit = options?.fly && units.find((candidate) => candidate.id === id);
      if (!unit) return;
      fitted = true;
      map.easeTo({ center: [unit.longitude, unit.latitude], zoom: Math.max(map.getZoom(), FLY_ZOOM), duration: duration() });
    },
    setTrail(points) {
      trail = points;
      drawTrail();
    },
    fitAll: () => fit(duration()),
    zoomBy: (steps) => void map.easeTo({ zoom: map.getZoom() + steps, duration: duration() }),
    setTheme(next) {
      if (next === currentTheme) return;
      currentTheme = next;
      if (ready) repaint(map, next);
      else map.once("style.load", () => repaint(map, currentTheme));
    },
    positions() {
      const held: Record<string, [number, number]> = {};
      for (const id of ["units", "selected"]) {
        const data: unknown = source(id)?.serialize().data;
        if (!isPointCollection(data)) continue;
        for (const { properties, geometry } of data.features) held[properties.id] = [geometry.coordinates[0], geometry.coordinates[1]];
      }
      return held;
    },
    destroy() {
      ready = false;
      draw.cancel();
      drawTrail.cancel();
      map.remove();
    },
  };
}

/** Same layers, other colors: nothing is loaded again. */
function repaint(map: MapLibreMap, theme: MapTheme): void {
  for (const layer of layers(theme)) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
    if (layer.id === "units" || layer.id === "selected") map.setLayoutProperty(layer.id, "icon-image", (layer.layout as { "icon-image": never })["icon-image"]);
  }
}

let fontLoad: Promise<unknown> | undefined;

/** A plate drawn before its font is loaded would keep the wrong one, but a font that fails to load must not hold back the plates. */
function plateFont(): Promise<unknown> {
  fontLoad ??= Promise.race([document.fonts.load(PLATE_FONT).catch(() => null), new Promise((resolve) => setTimeout(resolve, 1_500))]);
  return fontLoad;
}

function forgetImages(map: MapLibreMap, used: readonly string[]): void {
  const kept = map.listImages();
  if (kept.length <= IMAGES_KEPT + used.length) return;
  const needed = new Set(used);
  for (const name of kept) if (name.includes("/plate/") && !needed.has(name)) map.removeImage(name);
}

function oncePerFrame(run: () => void): { (): void; cancel(): void } {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
  };
  const now = () => {
    cancel();
    run();
  };
  const ask = () => {
    if (timer !== undefined) return;
    frame = requestAnimationFrame(now);
    timer = setTimeout(now, FRAME_AT_LATEST_MS);
  };
  return Object.assign(ask, { cancel });
}

type PointCollection = { features: { properties: { id: string }; geometry: { coordinates: [number, number] } }[] };

const isPointCollection = (data: unknown): data is PointCollection => typeof data === "object" && data !== null && "features" in data;
