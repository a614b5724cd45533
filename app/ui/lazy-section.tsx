import { type ComponentType, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { LAZY_ATTRIBUTES, replayInput } from "./input-replay";
import { useHydrated } from "./use-hydrated";

/** A section of a page whose code is in a file of its own. */
export type LazyComponent<Props> = {
  /** Null if the code could not be loaded. */
  current(): ComponentType<Props> | null;
};

/** Declares a section and starts to load it: in the browser in parallel to the page, on the server before the first request. */
export function lazySection<Props>(load: () => Promise<ComponentType<Props>>): LazyComponent<Props> {
  let loaded: ComponentType<Props> | null | undefined;
  const coming = load().then(
    (component) => {
      loaded = component;
    },
    () => {
      loaded = null;
    },
  );
  return {
    current() {
      // React suspends on a thrown promise.
      if (loaded === undefined) throw coming;
      return loaded;
    },
  };
}

type Props<Its> = { section: LazyComponent<Its>; props: Its };

/**
 * A section of a page whose code doesn't block the page. The server renders it with the rest, so it can be read and its
 * forms can be sent; the browser hydrates it once its code is loaded. On navigation the new page waits for it, so render
 * it depending on the loader's data, not on a click.
 *
 * If the code can't be loaded, the section stays as served, and its forms post without JavaScript.
 */
export function LazySection<Its extends object>({ section, props }: Props<Its>) {
  const hydrated = useHydrated();
  const [isLive, setIsLive] = useState(!hydrated);
  const served = useRef(props);
  const shown = isLive ? props : served.current;
  // The very same element until it is live: any change before replaces the served section and what was typed into it.
  return useMemo(() => {
    const content = <LoadedSection section={section} props={shown} hydrated={hydrated} onLive={() => setIsLive(true)} />;
    return hydrated ? <Suspense fallback={null}>{content}</Suspense> : content;
  }, [section, shown, hydrated]);
}

function LoadedSection<Its extends object>({ section, props, hydrated, onLive }: Props<Its> & { hydrated: boolean; onLive(): void }) {
  const Component = section.current();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is hydrated.
  useEffect(onLive, []);
  if (Component)
    return (
      <div ref={replayInput} className="contents" {...LAZY_ATTRIBUTES}>
        <Component {...props} />
      </div>
    );
  if (!hydrated || typeof document === "undefined") throw new Error("A part of this page could not be loaded.");
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sets nothing, and React leaves the server's markup alone.
  return <div ref={asWithoutScripts} className="contents" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: "" }} />;
}

/** Shows the buttons in noscript elements, which this section now needs. */
function asWithoutScripts(section: HTMLElement | null): void {
  for (const plain of section?.querySelectorAll("noscript") ?? []) plain.outerHTML = plain.textContent ?? "";
}
