import { type ComponentType, Suspense, useDeferredValue } from "react";
import { hearTypedEarly, LATER } from "./input-replay";
import { useServed } from "./use-hydrated";

/** A part of a page whose code is a file of its own. */
export type Part<Props> = {
  /** Null where the code could not be loaded. */
  shown(): ComponentType<Props> | null;
};

/** Names a part and begins to load it: in the browser beside the page's own work, on the server before the first request. */
export function partOf<Props>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let shown: ComponentType<Props> | null | undefined;
  const coming = load().then(
    (component) => {
      shown = component;
    },
    () => {
      shown = null;
    },
  );
  return {
    shown() {
      // What React takes for "not yet".
      if (shown === undefined) throw coming;
      return shown;
    },
  };
}

type Props<Its> = { part: Part<Its>; props: Its };

/**
 * A part of a page whose code nobody waits for. The server renders it with the rest, so it can be read and its forms be
 * sent; the browser makes it live once its code is there. Within the app, the page that is gone to waits for it and
 * appears whole: put it where the loader's data decide, not a click.
 *
 * Where the code cannot be loaded, the part stays as it was served, and its forms post as they do without scripts.
 */
export function LoadedLater<Its extends object>({ part, props }: Props<Its>) {
  const served = useServed();
  const content = <Shown part={part} props={props} served={served} />;
  // Deferred: what changes on the page before the code is there must not push out what was served, and typed into, meanwhile.
  return useDeferredValue(served ? <Suspense fallback={null}>{content}</Suspense> : content);
}

function Shown<Its extends object>({ part, props, served }: Props<Its> & { served: boolean }) {
  const Component = part.shown();
  if (Component)
    return (
      <div ref={hearTypedEarly} className="contents" {...LATER}>
        <Component {...props} />
      </div>
    );
  if (!served || typeof document === "undefined") throw new Error("A part of this page could not be loaded.");
  // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing is set, and React leaves alone what the server sent.
  return <div ref={asWithoutScripts} className="contents" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: "" }} />;
}

/** Buttons that only a page without scripts needs: this part is one now. */
function asWithoutScripts(part: HTMLElement | null): void {
  for (const plain of part?.querySelectorAll("noscript") ?? []) plain.outerHTML = plain.textContent ?? "";
}
