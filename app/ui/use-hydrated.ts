import { useState, useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether this stood in the page as the server sent it; what comes later is made by the browser. */
export const useHydrated = (): boolean =>
  useState(
    useSyncExternalStore(
      never,
      () => false,
      () => true,
    ),
  )[0];
