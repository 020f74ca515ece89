import type { Context } from "hono";
import type { App } from "./env";
import { body, sendForm, startForm } from "./forms";
import { notFound, Problem } from "./problem";
import { own } from "./sessions";

const MARK_STARTED = `
  UPDATE sessions SET status = 'in_progress', started_at = ?3, late = ?4, version = version + 1, updated_at = ?3
  WHERE id = ?1 AND company_id = ?2 AND status = 'scheduled'`;
const LATE_MS = 10 * 60_000;

const objectOf = (c: Context<App>, session: string) =>
  c.env.CHAT_SESSION.getByName(`${c.get("asker").company}/${session}`);

/** Not measured: a turn needs a session that runs. */
export async function start(c: Context<App>) {
  const { sessionId } = await body(startForm, c);
  const session = await own(c, sessionId);
  if (!session) throw notFound("session");
  const now = Date.now();
  if (session.status === "completed" || session.status === "missed") throw new Problem(409, "session_completed", "This session is over.");
  if (now < session.opens_at || now >= session.closes_at) throw new Problem(409, "window_closed", "This session can't be started now.");
  await objectOf(c, sessionId).start(session.user, session.text);
  await c.env.DB.prepare(MARK_STARTED).bind(sessionId, session.company, now, Number(now > session.slot_at + LATE_MS)).run();
  return c.json({ sessionId, step: "salesperson_response" });
}

export async function message(c: Context<App>) {
  const session = await own(c, c.req.param("id") ?? "");
  if (!session) throw notFound("session");
  const form = await body(sendForm, c);
  if (session.status !== "in_progress") throw new Problem(409, "not_started", "This session was not started.");
  const answer = await objectOf(c, session.id).message(session.id, session.user, form.requestId, form.content);
  if (answer instanceof Response) return answer;
  throw new Problem(answer.status, answer.code, answer.detail);
}
