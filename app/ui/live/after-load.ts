/** Runs `begin` once its code is loaded, unless it was canceled before; returns the function that cancels or ends it. */
export function whenLoaded<Code>(loading: Promise<Code>, begin: (code: Code) => () => void, onFailure: () => void): () => void {
  let end: (() => void) | null = null;
  let left = false;
  loading.then((code) => {
    if (!left) end = begin(code);
  }, onFailure);
  return () => {
    left = true;
    end?.();
  };
}
