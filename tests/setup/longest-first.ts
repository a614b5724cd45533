import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take long and are short to read. Vitest knows a file that never ran here by its size alone. */
const LONGEST = ["tests/crash.browser.test.ts", "tests/launcher/start.browser.test.ts", "tests/browser/accessibility.browser.test.ts"];

/** Begins each group of projects with its longest files, so that the last one does not run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const rank = ({ moduleId }: TestSpecification) => (LONGEST.some((file) => moduleId.endsWith(file)) ? 0 : 1);
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || rank(a) - rank(b));
  }
}
