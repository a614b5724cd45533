import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { HydratedRouter } from "react-router/dom";
import { bufferedFetch } from "~/ui/buffered-fetch";

window.fetch = bufferedFetch(window.fetch.bind(window));

/**
 * Reads what the page came with. HydratedRouter does so when it is drawn first, and has React wait for it; a click or a key
 * in that moment makes React give up on what was served ("Root did not complete"), and on what was typed into it.
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
