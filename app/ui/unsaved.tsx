import { useCallback, useContext, useEffect, useRef, useState } from "react";
import { useBlocker } from "react-router";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { FormState } from "./form-state";

/** Inside a form: asks before a page is left on which something was typed and not sent. */
export function AsksBeforeLeaving() {
  const mark = useRef<HTMLSpanElement>(null);
  const { typed } = useContext(FormState);
  const [isTyped, setTyped] = useState(false);
  const unsent = useRef(false);
  const note = useCallback((now: boolean) => {
    unsent.current = now;
    setTyped(now);
  }, []);
  useEffect(() => {
    const form = mark.current?.closest("form");
    if (!form) return;
    const onInput = () => note(true);
    const onSubmit = () => note(false);
    form.addEventListener("input", onInput);
    form.addEventListener("submit", onSubmit);
    return () => {
      form.removeEventListener("input", onInput);
      form.removeEventListener("submit", onSubmit);
    };
  }, [note]);
  // A refused form still has what was typed.
  useEffect(() => {
    if (typed) note(true);
  }, [typed, note]);
  useEffect(() => {
    if (!isTyped) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isTyped]);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsent.current && currentLocation.pathname !== nextLocation.pathname);
  return (
    <>
      <span ref={mark} hidden />
      <Dialog title="Leave without saving?" open={blocker.state === "blocked"} onClose={() => blocker.reset?.()}>
        <p>What you typed on this page isn't saved yet.</p>
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" onClick={() => blocker.reset?.()}>
            Stay on this page
          </Button>
          <Button kind="danger" onClick={() => blocker.proceed?.()}>
            Leave without saving
          </Button>
        </div>
      </Dialog>
    </>
  );
}
