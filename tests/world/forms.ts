type Control = { id: string; value: string; invalid: boolean; describedBy: string };
export type ShownForm = { intent: string; controls: Record<string, Control> };
/** Its forms with what they hold, its error summary, and the text of each element that has an id. */
type ShownPage = { forms: ShownForm[]; alert: string; links: { to: string; text: string }[]; texts: Record<string, string>; ids: string[] };

const controlOf = (element: Element, value = element.getAttribute("value") ?? ""): Control => ({
  id: element.getAttribute("id") ?? "",
  value,
  invalid: element.getAttribute("aria-invalid") === "true",
  describedBy: element.getAttribute("aria-describedby") ?? "",
});

/** What somebody without JavaScript finds on a page. */
export async function shownOn(answer: Response): Promise<ShownPage> {
  const page: ShownPage = { forms: [], alert: "", links: [], texts: {}, ids: [] };
  const at: { form?: ShownForm; control?: Control; chosen: boolean; isOption: boolean; alerts: number; isLink: boolean; ids: string[] } = {
    chosen: false,
    isOption: false,
    alerts: 0,
    isLink: false,
    ids: [],
  };
  const put = (element: Element, control: Control) => {
    const name = element.getAttribute("name");
    if (at.form && name) at.form.controls[name] = control;
    return control;
  };
  const rewriter = new HTMLRewriter()
    .on("[id]", {
      element(element) {
        const id = element.getAttribute("id") ?? "";
        page.texts[id] = "";
        page.ids.push(id);
        if (/^(input|img|br|hr|path|circle|rect|use|link|meta)$/.test(element.tagName)) return;
        at.ids.push(id);
        element.onEndTag(() => void at.ids.splice(at.ids.lastIndexOf(id), 1));
      },
    })
    .on("form", {
      element(element) {
        at.form = { intent: "", controls: {} };
        page.forms.push(at.form);
        element.onEndTag(() => {
          at.form = undefined;
        });
      },
    })
    .on("input", {
      element(element) {
        if (/^(checkbox|radio)$/.test(element.getAttribute("type") ?? "") && !element.hasAttribute("checked")) return;
        const control = put(element, controlOf(element));
        if (at.form && element.getAttribute("name") === "intent") at.form.intent = control.value;
      },
    })
    .on("select", {
      element(element) {
        at.control = put(element, controlOf(element, ""));
        at.chosen = false;
      },
    })
    .on("option", {
      element(element) {
        if (!at.control || (at.chosen && !element.hasAttribute("selected"))) return;
        const value = element.getAttribute("value");
        at.control.value = value ?? "";
        at.chosen = true;
        at.isOption = value === null;
        element.onEndTag(() => {
          at.isOption = false;
        });
      },
      text({ text }) {
        if (at.control && at.isOption) at.control.value += text;
      },
    })
    .on("textarea", {
      element(element) {
        at.control = put(element, controlOf(element, ""));
      },
      text({ text }) {
        if (at.control) at.control.value += text;
      },
    })
    .on("[role=alert]", {
      element(element) {
        at.alerts += 1;
        element.onEndTag(() => {
          at.alerts -= 1;
        });
      },
    })
    .on("[role=alert] a", {
      element(element) {
        page.links.push({ to: element.getAttribute("href") ?? "", text: "" });
        at.isLink = true;
        element.onEndTag(() => {
          at.isLink = false;
        });
      },
    })
    .onDocument({
      text({ text }) {
        for (const id of at.ids) page.texts[id] += text;
        if (at.alerts > 0) page.alert += text;
        const link = page.links.at(-1);
        if (link && at.isLink) link.text += text;
      },
    });
  await rewriter.transform(answer).arrayBuffer();
  return page;
}

/** What a form would send. */
export const sentBy = ({ controls }: ShownForm): Record<string, string> =>
  Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value]));
