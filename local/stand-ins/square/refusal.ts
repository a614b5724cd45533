import type { Problem } from "./facts";

/** Square's error answers. */
export const refusal = (status: number, { code, detail, field }: Problem, category = "INVALID_REQUEST_ERROR", headers: HeadersInit = {}): Response =>
  Response.json({ errors: [{ category, code, detail, ...(field === undefined ? {} : { field }) }] }, { status, headers });

export const unauthorized = (code: string, detail: string): Response => refusal(401, { code, detail }, "AUTHENTICATION_ERROR");
export const notFound = (what: string): Response => refusal(404, { code: "NOT_FOUND", detail: `${what} not found` });

/** Thrown where a request can't be done; the entry answers it. */
export class Refused extends Error {
  readonly answer: Response;
  constructor(answer: Response) {
    super("refused");
    this.answer = answer;
  }
}

export const refuse = (status: number, code: string, detail: string, field?: string): never => {
  throw new Refused(refusal(status, { code, detail, field }));
};
