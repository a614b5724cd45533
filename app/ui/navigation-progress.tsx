import { useNavigation } from "react-router";

/** A page on its way: a bar at the top after a moment, so that a quick answer never flickers. */
export function NavigationProgress() {
  const { state } = useNavigation();
  if (state === "idle") return null;
  return (
    <div role="status" className="after-a-moment no-print fixed inset-x-0 top-0 z-40 h-0.5 bg-accent">
      <span className="sr-only">Loading</span>
    </div>
  );
}
