import { useNavigation } from "react-router";

/** A bar at the top while a page loads, shown with a delay so that quick responses don't flicker. */
export function NavigationProgress() {
  const { state } = useNavigation();
  if (state === "idle") return null;
  return (
    <div role="status" className="after-a-moment no-print fixed inset-x-0 top-0 z-40 h-0.5 bg-accent">
      <span className="sr-only">Loading</span>
    </div>
  );
}
