import { useCallback, useEffect, useRef, useState } from "react";
import type { Progress } from "./send-file";

export type Going = {
  id: string;
  name: string;
  bytes: number;
  sent: number;
  state: "queued" | Progress["state"] | "failed" | "done";
  /** Why it failed, and whether trying again may help. */
  message: string | null;
  again: boolean;
};

type Options = {
  /** The URL of an upload, by its id. */
  at(id: string): string;
  /** The portal whose session sends it, if not staff. */
  as?: string;
  facts: Record<string, unknown>;
  /** The id for a file: a new one, or the id of the upload that it resumes. */
  idFor(file: File): string;
  onDone(): void;
};

/** Sends chosen files one after the other. Leaving the page stops the upload, which can be resumed with the same file. `newest` is the latest status for screen readers. */
export function useUploads({ at, as, facts, idFor, onDone }: Options) {
  const [going, setGoing] = useState<readonly Going[]>([]);
  const [newest, setNewest] = useState("");
  const running = useRef(new Map<string, { file: File; stop: AbortController }>());
  const queue = useRef<Promise<void>>(Promise.resolve());
  const options = useRef({ at, as, facts, idFor, onDone });
  options.current = { at, as, facts, idFor, onDone };

  const change = useCallback((id: string, to: Partial<Going>) => setGoing((all) => all.map((one) => (one.id === id ? { ...one, ...to } : one))), []);

  const start = useCallback(
    (id: string, file: File) => {
      const stop = new AbortController();
      running.current.set(id, { file, stop });
      queue.current = queue.current.then(async () => {
        if (stop.signal.aborted) return;
        const { at: addressOf, as: sender, facts: uploadFacts, onDone: done } = options.current;
        change(id, { state: "sending", message: null });
        // The upload code is loaded with the first file.
        const sending = import("./send-file");
        try {
          const { sendFile } = await sending;
          await sendFile({
            file,
            at: addressOf(id),
            as: sender,
            facts: uploadFacts,
            signal: stop.signal,
            onProgress(progress) {
              change(id, progress);
              if (progress.state === "waiting") setNewest(`No connection. ${file.name} resumes when you're back online.`);
            },
          });
          running.current.delete(id);
          change(id, { state: "done", sent: file.size });
          setNewest(`${file.name} uploaded.`);
          done();
        } catch (cause) {
          if (stop.signal.aborted) return;
          const refusal = await sending.then(
            ({ Refused }) => (cause instanceof Refused ? cause : null),
            () => null,
          );
          const message = refusal ? refusal.message : `${file.name} couldn't be sent. Try again.`;
          change(id, { state: "failed", message, again: refusal?.again ?? true });
          setNewest(message);
        }
      });
    },
    [change],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const id = options.current.idFor(file);
        if (running.current.has(id)) continue;
        setGoing((all) => [
          ...all.filter((one) => one.id !== id),
          { id, name: file.name, bytes: file.size, sent: 0, state: "queued", message: null, again: false },
        ]);
        start(id, file);
      }
    },
    [start],
  );

  const retry = useCallback(
    (id: string) => {
      const file = running.current.get(id)?.file;
      if (file) start(id, file);
    },
    [start],
  );

  /** Stops an upload and has the server discard what it has. */
  const cancel = useCallback((id: string) => {
    running.current.get(id)?.stop.abort();
    running.current.delete(id);
    setGoing((all) => all.filter((one) => one.id !== id));
    const { at: addressOf, as: sender } = options.current;
    void fetch(`${addressOf(id)}${sender ? `?as=${sender}` : ""}`, { method: "DELETE", keepalive: true })
      .catch(() => null)
      .then(() => options.current.onDone());
  }, []);

  useEffect(() => {
    const all = running.current;
    return () => {
      for (const { stop } of all.values()) stop.abort();
      all.clear();
    };
  }, []);

  return { going, newest, add, retry, cancel };
}
