import { useSyncExternalStore } from "react";
import { followQueue, type QueueState, readQueueState } from "./phone/send-queue.client";

const EMPTY: QueueState = { reports: null, sending: false, offline: false, video: null };

/** The signed reports that the server doesn't have yet; null until they were read. */
export const useQueue = (): QueueState => useSyncExternalStore(followQueue, readQueueState, () => EMPTY);
