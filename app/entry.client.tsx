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

pageIsRead().then(() =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <HydratedRouter />
      </StrictMode>,
    );
  }),
);
