import { type ComponentType, Suspense, useDeferredValue } from "react";
import { LAZY_ATTRIBUTES, replayInput } from "./input-replay";
import { useHydrated } from "./use-hydrated";

/** A part of a page whose code is a file of its own. */
export type LazyComponent<Props> = {
  /** Null where the code could not be loaded. */
  current(): ComponentType<Props> | null;
};

/** Names a part and begins to load it: in the browser beside the page's own work, on the server before the first request. */
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
      // What React takes for "not yet".
      if (loaded === undefined) throw coming;
      return loaded;
    },
  };
}

type Props<Its> = { section: LazyComponent<Its>; props: Its };

/**
 * A part of a page whose code nobody waits for. The server renders it with the rest, so it can be read and its forms be
 * sent; the browser makes it live once its code is there. Within the app, the page that is gone to waits for it and
 * appears whole: put it where the loader's data decide, not a click.
 *
 * Where the code cannot be loaded, the part stays as it was served, and its forms post as they do without scripts.
 */
export function LazySection<Its extends object>({ section, props }: Props<Its>) {
  const hydrated = useHydrated();
  const content = <LoadedSection section={section} props={props} hydrated={hydrated} />;
  // Deferred: what changes on the page before the code is there must not push out what was served, and typed into, meanwhile.
  return useDeferredValue(hydrated ? <Suspense fallback={null}>{content}</Suspense> : content);
}

function LoadedSection<Its extends object>({ section, props, hydrated }: Props<Its> & { hydrated: boolean }) {
  const Component = section.current();
  if (Component)
    return (
      <div ref={replayInput} className="contents" {...LAZY_ATTRIBUTES}>
        <Component {...props} />
      </div>
    );
  if (!hydrated || typeof document === "undefined") throw new Error("A part of this page could not be loaded.");
  // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing is set, and React leaves alone what the server sent.
  return <div ref={asWithoutScripts} className="contents" suppressHydrationWarning dangerouslySetInnerHTML={{ __html: "" }} />;
}

/** Buttons that only a page without scripts needs: this part is one now. */
function asWithoutScripts(section: HTMLElement | null): void {
  for (const plain of section?.querySelectorAll("noscript") ?? []) plain.outerHTML = plain.textContent ?? "";
}
