import { RemixBrowser } from "@remix-run/react";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { readingWhole } from "~/ui/whole-answer";

window.fetch = readingWhole(window.fetch.bind(window));

// Not as a transition, which React renders in slices: somebody who typed between two of them made it fail ("Root did not complete").
hydrateRoot(
  document,
  <StrictMode>
    <RemixBrowser />
  </StrictMode>,
);
