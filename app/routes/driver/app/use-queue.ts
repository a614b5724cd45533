import { useSyncExternalStore } from "react";
import { followQueue, type QueueState, readQueueState } from "./phone/send-queue.client";

const EMPTY: QueueState = { reports: [], sending: false, offline: false };

/** The signed reports that the server doesn't have yet. */
export const useQueue = (): QueueState => useSyncExternalStore(followQueue, readQueueState, () => EMPTY);
