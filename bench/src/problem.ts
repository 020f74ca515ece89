import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** A refusal (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    readonly code: string,
    readonly detail: string,
    readonly errors: { field: string; message: string }[] = [],
  ) {
    super(detail);
  }
}

export const unauthenticated = () => new Problem(401, "unauthenticated", "Log in first.");
export const notFound = (what: string) => new Problem(404, "not_found", `There is no such ${what}.`);

/** A problem as its answer; everything else is our fault. */
export function answer(error: Error, c: Context): Response {
  if (!(error instanceof Problem)) {
    console.error(JSON.stringify({ level: "error", path: c.req.path, cause: error.stack }));
    error = new Problem(500, "internal", "Something went wrong on our side.");
  }
  const { status, code, detail, errors } = error as Problem;
  return c.json({ status, code, detail, errors, requestId: c.get("requestId") }, status, {
    "content-type": "application/problem+json",
  });
}
