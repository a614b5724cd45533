import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { HydratedRouter } from "react-router/dom";
import { bufferedFetch } from "~/ui/buffered-fetch";

window.fetch = bufferedFetch(window.fetch.bind(window));

/**
 * Reads the page's data before hydrating. HydratedRouter suspends on its first render, and an input event in that moment
 * makes React discard the served page ("Root did not complete") with everything typed into it.
 */
async function pageIsRead(): Promise<void> {
  try {
    HydratedRouter({});
  } catch (reading) {
    if (!(reading instanceof Promise)) throw reading;
    await reading;
  }
}

/**
 * React 18 notes "received an update before it finished hydrating" (421) as soon as it looks at a lazy section that an update
 * reached, and keeps the note when it puts the update off and hydrates the section first, as it does with all of ours
 * (lazy-section.tsx). Reported later, it is about nothing that happened.
 */
function reportRecovered(error: unknown): void {
  if (error instanceof Error && /error #421;|received an update before it finished hydrating/.test(error.message)) return;
  reportError(error);
}

pageIsRead().then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <HydratedRouter />
      </StrictMode>,
      { onRecoverableError: reportRecovered },
    );
  }),
);
