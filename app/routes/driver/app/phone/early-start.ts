export type EarlyPage = { driverStart?: Promise<Response | null> };

/** Runs in the page before its scripts are here: the list of vehicles comes beside them, not after them. */
export const EARLY_START = 'window.driverStart=fetch("/api/driver/start",{priority:"high",signal:AbortSignal.timeout(20000)}).catch(()=>null)';
