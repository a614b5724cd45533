import { optionsOfParent, serveParent } from "./processes.ts";
import { startWorker, type WorkerOptions } from "./worker.ts";

export type WorkerReady = { url: string };

const worker = await startWorker(optionsOfParent<WorkerOptions>());
serveParent({ hibernate: () => worker.hibernate() }, () => worker.stop())({ url: worker.url } satisfies WorkerReady);
