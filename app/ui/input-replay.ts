type EarlyInput = { value: string; checked: boolean };
type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

declare global {
  interface Window {
    /** The last value of each field that was changed before the page's code ran. */
    earlyInput?: WeakMap<Element, EarlyInput>;
  }
}

/** The page's first script. People can type before the page's code runs, and that code only gets later events. */
export const CAPTURE_INPUT = `{const noted=window.earlyInput=new WeakMap;for(const kind of["input","change"])addEventListener(kind,({target})=>noted.set(target,{value:target.value,checked:target.checked}),true)}`;

/** Marks a section of the page that hydrates after the page itself. */
export const LAZY_ATTRIBUTES = { "data-later": "" };

/**
 * Replays input that came before a section of the page was hydrated, as events of its own fields. Without it, totals and
 * checks miss the input, chosen files are not sent, and React resets the fields.
 */
export function replayInput(section: HTMLElement | null): void {
  const earlyInput = window.earlyInput;
  if (!section || !earlyInput) return;
  const own = "later" in section.dataset ? section : null;
  const fields = [...section.querySelectorAll("input, textarea, select")].filter((field) => earlyInput.has(field) && field.closest("[data-later]") === own);
  // React is about to finish hydrating; then the fields follow one by one, so each event sees the result of the one before.
  setTimeout(async () => {
    for (const field of fields) {
      const typed = earlyInput.get(field);
      if (typed) repeat(field as Typed, typed); // the selector matches only these three
      await null;
    }
  });
}

function repeat(field: Typed, { value, checked }: EarlyInput): void {
  const dispatch = (kind: "input" | "change") => field.dispatchEvent(new Event(kind, { bubbles: true }));
  if (field instanceof HTMLSelectElement) {
    field.value = value;
    dispatch("change");
  } else if (field.type === "file") {
    dispatch("change");
  } else if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
    if (field.type === "radio" && !field.checked) return;
    field.checked = !checked;
    field.click();
  } else {
    // React ignores an input event whose value equals the last one set through the property, so it is reset first.
    field.value = field.defaultValue;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value);
    dispatch("input");
  }
}
