import { ErrorSummary, FormProblem } from "./form";
import { Notice } from "./notice";

type Result = { problem: { words: string; fields?: Readonly<Record<string, string>> } | null; done?: string | null };

/** What a form of the page was answered, before everything else on it. */
export function Answered({ result }: { result: Result | undefined }) {
  if (!result) return null;
  const { problem, done } = result;
  if (problem?.fields) return <ErrorSummary errors={problem.fields} />;
  if (problem) return <FormProblem problem={{ what: problem.words }} />;
  return done ? <Notice tone="green" title={done} /> : null;
}
