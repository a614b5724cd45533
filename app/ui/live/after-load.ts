/** Begins what its code is loaded for, unless it was left meanwhile; answers how to leave it. */
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
