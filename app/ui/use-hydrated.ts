import { useState, useSyncExternalStore } from "react";

const never = () => () => {};

/** True for components that were part of the served page, false for those that the browser rendered later. */
export const useHydrated = (): boolean =>
  useState(
    useSyncExternalStore(
      never,
      () => false,
      () => true,
    ),
  )[0];
