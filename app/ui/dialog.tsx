import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Link, useNavigate } from "react-router";
import { Icon } from "./icon";

type Props = {
  title: string;
  open: boolean;
  /** The dialog was closed, by its button or by Escape. */
  onClose?: () => void;
  /** Where closing leads if the dialog is a state of the URL; needed for pages without JavaScript. */
  closeTo?: string;
  children: ReactNode;
};

/** A native dialog. Rendered open, it is in the page at once and becomes modal when JavaScript runs. */
export function Dialog({ title, open, onClose, closeTo, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const navigate = useNavigate();
  // Escape closes the element by itself; where the dialog is a state of the URL, the URL has to follow.
  const closed = () => {
    onClose?.();
    if (closeTo) navigate(closeTo, { replace: true, preventScrollReset: true });
  };
  useEffect(() => (open && dialog.current ? showModal(dialog.current) : undefined), [open]);
  if (!open) return null;
  const close = "inline-flex min-h-(--target) items-center gap-1.5 rounded-corner px-2 text-ink-soft hover:bg-hover hover:text-ink";
  return (
    <dialog
      ref={dialog}
      open
      aria-labelledby={heading}
      onClose={closed}
      className="fixed inset-0 z-20 m-auto max-h-[90dvh] w-[min(34rem,calc(100vw-2rem))] overflow-auto rounded-corner border border-line bg-panel text-ink shadow-float"
    >
      <div className="sticky top-0 flex items-center justify-between gap-3 border-b border-line bg-panel py-1.5 pr-2 pl-4">
        <h2 id={heading} className="text-lead">
          {title}
        </h2>
        {closeTo ? (
          <Link to={closeTo} preventScrollReset className={close}>
            <Icon of={X} /> Close
          </Link>
        ) : (
          // No form of its own, because a dialog may be inside one.
          <button type="button" onClick={() => dialog.current?.close()} className={close}>
            <Icon of={X} /> Close
          </button>
        )}
      </div>
      <div data-body className="grid gap-4 p-4">
        {children}
      </div>
    </dialog>
  );
}

/** An open dialog can't be made modal, so the server's `open` attribute is removed first. Focus skips the close button, and returns on closing. */
function showModal(dialog: HTMLDialogElement): () => void {
  const before = document.activeElement;
  dialog.removeAttribute("open");
  dialog.showModal();
  dialog.querySelector<HTMLElement>("[data-body] :is(input:not([type=hidden]), select, textarea, button, a)")?.focus();
  return () => {
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
