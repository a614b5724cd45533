import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { useRows } from "./more-rows";

function Rows({ of, whole = false }: { of: number; whole?: boolean }) {
  const { rows, left } = useRows(Array.from({ length: of }), whole);
  return `${rows.length} and ${left}`;
}

test("a long list starts with its first rows and counts the rest, or shows all on request", () => {
  expect(renderToStaticMarkup(<Rows of={150} />)).toBe("60 and 90");
  expect(renderToStaticMarkup(<Rows of={60} />)).toBe("60 and 0");
  expect(renderToStaticMarkup(<Rows of={150} whole />)).toBe("150 and 0");
});
