import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { NoticeList } from "./notice-list";

describe("the list of notices", () => {
  it("has the most urgent first, and keeps the order of those that are equally urgent", () => {
    const html = renderToStaticMarkup(
      <NoticeList
        items={[
          { tone: "blue", title: "Requested" },
          { tone: "amber", title: "Call before noon" },
          { tone: "red", title: "On credit hold" },
          { tone: "amber", title: "Certificate expired" },
        ]}
      />,
    );
    const titles = [...html.matchAll(/<span class="font-semibold">([^<]*)</g)].map(([, title]) => title);
    expect(titles).toEqual(["On credit hold", "Call before noon", "Certificate expired", "Requested"]);
    expect(html.match(/<ul/g)).toHaveLength(1);
    expect(html.match(/role="alert"/g)).toHaveLength(1);
  });

  it("is not there without notices", () => {
    expect(renderToStaticMarkup(<NoticeList items={[]} />)).toBe("");
  });
});
