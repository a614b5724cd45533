import { Eraser } from "lucide-react";
import { type PointerEvent, useRef, useState } from "react";
import { Button } from "./button";

const [WIDTH, HEIGHT] = [600, 150];
/** Points closer than this make no visible difference. */
const STEP = 4;
/** The server's limit for the field. */
const MOST = 11_900;

const english = { clear: "Clear", empty: "Empty: draw here", drawn: "Your drawn signature", nothing: "Nothing drawn yet" };

type Props = {
  label: string;
  name: string;
  hint?: string;
  texts?: typeof english;
  /** What was drawn before. */
  drawn?: string;
  /** Gets the whole path after each stroke, and after it was cleared. */
  onDrawn?(path: string): void;
};

/** Signs with finger, pen or mouse, and fills a field with SVG path data. Without JavaScript the typed name is the signature. */
export function SignaturePad({ label, name, hint, texts = english, drawn = "", onDrawn }: Props) {
  const [path, setPath] = useState(drawn);
  const whole = useRef(drawn);
  const last = useRef<{ x: number; y: number } | null>(null);

  const show = (next: string) => {
    whole.current = next;
    setPath(next);
  };
  const add = (stroke: string) => {
    if (whole.current.length <= MOST) show(whole.current + stroke);
  };
  const pointOf = ({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const within = (at: number, most: number) => Math.min(most, Math.max(0, Math.round(at)));
    return { x: within(((clientX - left) / width) * WIDTH, WIDTH), y: within(((clientY - top) / height) * HEIGHT, HEIGHT) };
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const { x, y } = pointOf(event);
    last.current = { x, y };
    add(`M${x} ${y}`);
  };
  const draw = (event: PointerEvent<SVGSVGElement>) => {
    if (!last.current) return;
    const { x, y } = pointOf(event);
    if (Math.hypot(x - last.current.x, y - last.current.y) < STEP) return;
    last.current = { x, y };
    add(`L${x} ${y}`);
  };
  const end = () => {
    if (last.current) onDrawn?.(whole.current);
    last.current = null;
  };

  const clear = () => {
    show("");
    onDrawn?.("");
  };

  return (
    <fieldset className="grid gap-1">
      <legend className="font-semibold">{label}</legend>
      {hint && <p className="text-small text-ink-soft">{hint}</p>}
      <input type="hidden" name={name} value={path} />
      <svg
        role="img"
        aria-label={path ? texts.drawn : texts.empty}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
        className="w-full cursor-crosshair touch-none rounded-corner border border-control bg-panel text-ink"
      >
        <path d="M24 118H576" className="stroke-line" strokeWidth={1.5} />
        <path d={path} fill="none" stroke="currentColor" strokeWidth={3} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <div>
        <Button kind="quiet" icon={Eraser} onClick={clear} blocked={path ? undefined : texts.nothing}>
          {texts.clear}
        </Button>
      </div>
    </fieldset>
  );
}

/** A drawn signature. */
export const DrawnSignature = ({ path, of }: { path: string; of: string }) => (
  <svg role="img" aria-label={`Signature drawn by ${of}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full max-w-60 text-ink">
    <path d={path} fill="none" stroke="currentColor" strokeWidth={3} strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
