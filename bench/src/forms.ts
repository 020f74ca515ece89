import type { Context } from "hono";
import * as z from "zod";
import { Problem } from "./problem";

const limit = z.coerce.number().int().min(1).max(100).default(25);
const id = z.uuid();

export const loginForm = z.strictObject({ email: z.string().min(3).max(254), password: z.string().min(1).max(200) });
export const startForm = z.strictObject({ sessionId: id });
export const sendForm = z.strictObject({
  requestId: z.string().min(1).max(64),
  content: z.string().trim().min(1).max(4_000),
  advance: z.boolean().default(true),
});

export const userQuery = z.strictObject({
  limit,
  cursor: z.string().min(1).max(1_200).optional(),
  role: z.enum(["super_admin", "manager", "sales_rep"]).optional(),
  active: z.stringbool().optional(),
  search: z.string().min(1).max(100).optional(),
});
export const sessionQuery = z.strictObject({
  limit,
  cursor: z.string().min(1).max(200).optional(),
  status: z.enum(["scheduled", "in_progress", "completed", "missed"]).optional(),
  day: z.coerce.number().int().min(1).max(10).optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
});
export const boardQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  by: z.enum(["score", "practice", "improvement"]).default("score"),
  period: z.enum(["week", "all"]).default("week"),
});

/** What was sent, if it is what the call takes. */
export function read<T>(schema: z.ZodType<T>, sent: unknown): T {
  const found = schema.safeParse(sent);
  if (found.success) return found.data;
  const errors = found.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  throw new Problem(422, "validation", "Some fields need another look.", errors);
}

export async function body<T>(schema: z.ZodType<T>, c: Context): Promise<T> {
  const sent = await c.req.json().catch(() => {
    throw new Problem(400, "bad_json", "The body is not the JSON this call takes.");
  });
  return read(schema, sent);
}

/** The place a list goes on after, as base64url of JSON. */
export const toCursor = (place: unknown) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(place))))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

export function fromCursor<T>(cursor: string | undefined, beginning: T): T {
  if (!cursor) return beginning;
  try {
    const text = atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.charCodeAt(0))));
  } catch {
    throw new Problem(422, "validation", "Some fields need another look.", [
      { field: "cursor", message: "Send back `nextCursor` exactly as it came." },
    ]);
  }
}

/** A page of rows that were read with one more than wanted. */
export function page<Row, Item>(rows: Row[], limit: number, item: (row: Row) => Item, place: (row: Row) => unknown) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(item), nextCursor: rows.length > limit && last ? toCursor(place(last)) : null };
}
