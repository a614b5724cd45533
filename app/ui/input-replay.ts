type EarlyInput = { value: string; checked: boolean };
type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

declare global {
  interface Window {
    /** What stood in each field when somebody last changed it. */
    earlyInput?: WeakMap<Element, EarlyInput>;
  }
}

/** The page's first script. A page is typed into before its code is there, and its code hears only of what comes after. */
export const CAPTURE_INPUT = `{const noted=window.typedEarly=new WeakMap;for(const kind of["input","change"])addEventListener(kind,({target})=>noted.set(target,{value:target.value,checked:target.checked}),true)}`;

/** Marks a part of the page that becomes live after the page itself. */
export const LAZY_ATTRIBUTES = { "data-later": "" };

/**
 * Tells a part of the page, by its own fields' events, what was typed, ticked and chosen in it before it was live. Without
 * it, sums and checks that follow the fields miss that, chosen files are not sent, and React puts back what it drew.
 */
export function replayInput(section: HTMLElement | null): void {
  const earlyInput = window.earlyInput;
  if (!section || !earlyInput) return;
  const own = "later" in section.dataset ? section : null;
  const fields = [...section.querySelectorAll("input, textarea, select")].filter((field) => earlyInput.has(field) && field.closest("[data-later]") === own);
  // React is about to finish with the page; then one field after the other, so that each event meets what the last one changed.
  setTimeout(async () => {
    for (const field of fields) {
      const typed = earlyInput.get(field);
      if (typed) repeat(field as Typed, typed); // what was asked for is one of the three
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
    // React takes for news only what differs from the last value that was set through the field itself.
    field.value = field.defaultValue;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value);
    dispatch("input");
  }
}
