import { type ComponentProps, type MouseEvent, useContext, useEffect, useRef, useState } from "react";
import { useNavigation } from "react-router";
import { Button } from "./button";
import { type FieldErrors, firstError } from "./field-frame";
import { FormState } from "./form-state";
import { Notice } from "./notice";

type SummaryProps = {
  /** By field id, as zod's flattened errors are; empty ones are left out. */
  errors: Readonly<Record<string, FieldErrors>> | null | undefined;
  title?: string;
};

/** All errors of a form, at its top, each linked to its field; takes the focus when it appears. */
export function ErrorSummary({ errors, title = "Fix the highlighted fields" }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const listed = Object.entries(errors ?? {}).flatMap(([field, error]) => {
    const message = firstError(error);
    return message ? [{ field, message }] : [];
  });
  const any = listed.length > 0;
  useEffect(() => {
    if (errors && any) box.current?.focus();
  }, [errors, any]);
  if (!any) return null;
  return (
    <Notice ref={box} tone="red" title={title}>
      <ul className="mt-1 grid gap-0.5">
        {listed.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${field}`} onClick={focusWrong(field)} className="underline underline-offset-2">
              {message}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Where the field has another id than its name, the link alone leads beside it. */
const focusWrong = (name: string) => (event: MouseEvent) => {
  const control = document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"][aria-invalid="true"]`);
  if (!control) return;
  event.preventDefault();
  control.focus();
};

export type Problem = {
  what: string;
  /** What was not lost or changed. */
  safe?: string;
  todo?: string;
  reference?: string;
};

/** A failure of the whole form: what failed, what is safe, what to do. */
export function FormProblem({ problem }: { problem: Problem | null | undefined }) {
  if (!problem) return null;
  const rest = [problem.safe, problem.todo].filter(Boolean).join(" ");
  return (
    <Notice tone="red" title={problem.what}>
      {rest && <p>{rest}</p>}
      {problem.reference && (
        <p className="text-small">
          Reference <span className="font-mono">{problem.reference}</span>
        </p>
      )}
    </Notice>
  );
}

type SubmitProps = Omit<ComponentProps<typeof Button>, "type" | "pending"> & {
  pendingLabel: string;
  /** Set by fetcher forms; a page's own form is tracked here. */
  pending?: boolean;
};

/** Submits, and shows that it is busy. Only the pressed button does. */
export function SubmitButton({ kind = "primary", pending, onClick, blocked, ...rest }: SubmitProps) {
  const form = useContext(FormState);
  const navigation = useNavigation();
  const sending = navigation.state !== "idle" && navigation.formMethod !== undefined;
  const [pressed, setPressed] = useState(false);
  useEffect(() => {
    if (!sending) setPressed(false);
  }, [sending]);
  return (
    <Button
      {...rest}
      type="submit"
      kind={kind}
      blocked={blocked ?? form.blocked}
      pending={pending ?? (pressed && sending)}
      onClick={(event) => {
        setPressed(true);
        onClick?.(event);
      }}
    />
  );
}
