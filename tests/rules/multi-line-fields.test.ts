import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { recommendationOf } from "~/modules/estimates/line-choice";
import { messageField } from "~/modules/estimates/messages/message-thread.view";
import { isMultiLine } from "~/platform/http/form.server";
import { noteField } from "~/routes/parts/plain-inspection/rows";

/** The value of a field name that a file builds. */
const built: Record<string, string> = {
  "defect-fields.tsx": noteField(1),
  "message-thread.view.tsx": messageField("line"),
  "line-choice.view.tsx": recommendationOf("job"),
};
const nameOf = (file: string): string => built[path.basename(file)] ?? "a name that this test cannot read";

test("every field that shows several lines may hold them", () => {
  const files = fs.globSync("app/**/*.tsx").filter((file) => !file.endsWith("text-area.tsx"));
  const named = files.flatMap((file) =>
    [...fs.readFileSync(file, "utf8").matchAll(/<TextArea\b[\s\S]*?\/>/g)].map(([element]) => ({
      file,
      name: /\bname="([\w-]+)"/.exec(element)?.[1] ?? /\{\.\.\.\w+\("(\w+)"/.exec(element)?.[1] ?? nameOf(file),
    })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !isMultiLine(name))).toEqual([]);
});
