import { ErrorSummary, FormProblem } from "./form";
import { Notice } from "./notice";

type Result = { problem: { message: string; fields?: Readonly<Record<string, string>> } | null; done?: string | null; tone?: "green" | "amber" };

/** The result of the page's last form, at the top of the page. */
export function FormResult({ result }: { result: Result | undefined }) {
  if (!result) return null;
  const { problem, done, tone = "green" } = result;
  if (problem?.fields) return <ErrorSummary errors={problem.fields} />;
  if (problem) return <FormProblem problem={{ what: problem.message }} />;
  return done ? <Notice tone={tone} title={done} /> : null;
}
