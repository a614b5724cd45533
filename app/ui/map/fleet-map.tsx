import { type LucideIcon, Maximize, Minus, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../icon";
import type { FleetMap } from "./fleet-map.client";
import "./fleet-map.css";
import { MapLegend } from "./map-legend";
import type { TrailPoint } from "./trail";
import type { MapUnit } from "./units";
import { useMapTheme, useReducedMotion } from "./use-map-style";

declare global {
  interface Window {
    /** For the browser tests, which read positions from the map's own data. */
    __fleetMap?: FleetMap;
  }
}

type Props = {
  units: readonly MapUnit[];
  selectedId: string | null;
  onSelect(id: string | null): void;
  /** The selected unit's trail, oldest first. */
  trail?: readonly TrailPoint[] | null;
  className?: string;
};

type Phase = "waiting" | "ready" | "failed";

export function FleetMapPane({ units, selectedId, onSelect, trail = null, className = "" }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<FleetMap | null>(null);
  const [phase, setPhase] = useState<Phase>("waiting");
  const theme = useMapTheme();
  const reducedMotion = useReducedMotion();
  const latest = useRef({ onSelect, theme, reducedMotion });
  latest.current = { onSelect, theme, reducedMotion };
  /** A selection made on the map itself doesn't move the camera. */
  const pickedHere = useRef<string | null>(null);

  useEffect(() => {
    let gone = false;
    let created: FleetMap | undefined;
    const start = async () => {
      try {
        const { createFleetMap } = await import("./fleet-map.client");
        if (gone || !container.current) return;
        created = createFleetMap({
          container: container.current,
          theme: latest.current.theme,
          reducedMotion: latest.current.reducedMotion,
          onSelect: (id) => {
            pickedHere.current = id;
            latest.current.onSelect(id);
          },
          onReady: () => !gone && setPhase("ready"),
        });
        window.__fleetMap = created;
        setMap(created);
      } catch (cause) {
        // The list has the same trucks; the console shows the cause.
        console.warn("The map could not start", cause);
        if (!gone) setPhase("failed");
      }
    };
    const cancel = whenQuiet(start);
    return () => {
      gone = true;
      cancel();
      created?.destroy();
      if (window.__fleetMap === created) delete window.__fleetMap;
      setMap(null);
      setPhase("waiting");
    };
  }, []);

  useEffect(() => map?.setUnits(units), [map, units]);
  useEffect(() => map?.setTrail(trail), [map, trail]);
  useEffect(() => map?.setTheme(theme), [map, theme]);
  useEffect(() => {
    map?.select(selectedId, { fly: selectedId !== null && selectedId !== pickedHere.current });
    pickedHere.current = null;
  }, [map, selectedId]);

  return (
    <section aria-label="Map of the fleet" className={`relative isolate min-h-60 overflow-hidden bg-ground ${className}`}>
      <div ref={container} className="absolute inset-0" />
      {phase === "waiting" && <Message>The map is loading. You can already use the list.</Message>}
      {phase === "failed" && <Message>The map couldn't start on this device. The list shows the same trucks.</Message>}
      {phase === "ready" && map && (
        <>
          <div className="absolute top-2 right-2 flex flex-col overflow-hidden rounded-corner border border-control bg-panel shadow-float">
            <Control icon={Plus} name="Zoom in" onClick={() => map.zoomBy(1)} />
            <Control icon={Minus} name="Zoom out" onClick={() => map.zoomBy(-1)} />
            <Control icon={Maximize} name="Show all units" onClick={() => map.fitAll()} />
          </div>
          <div className="pointer-events-none absolute inset-x-0 bottom-0 flex flex-wrap items-end justify-between gap-x-4 border-t border-line bg-panel px-2 py-1">
            <MapLegend />
            <p className="text-micro text-ink-soft">Towns: GeoNames, CC BY</p>
          </div>
        </>
      )}
    </section>
  );
}

function Message({ children }: { children: string }) {
  return (
    <p role="status" className="absolute inset-0 grid place-content-center p-6 text-center text-ink-soft">
      {children}
    </p>
  );
}

function Control({ icon, name, onClick }: { icon: LucideIcon; name: string; onClick(): void }) {
  return (
    <button
      type="button"
      title={name}
      aria-label={name}
      onClick={onClick}
      className="grid size-11 place-content-center border-line text-ink hover:bg-hover not-first:border-t md:size-8"
    >
      <Icon of={icon} />
    </button>
  );
}

/** Runs after the page is usable: the list comes first, then the map's code. */
function whenQuiet(run: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(run, { timeout: 1_500 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(run, 200);
  return () => clearTimeout(timer);
}
