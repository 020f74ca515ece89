import type { Context } from "hono";
import type { App } from "./env";
import { fromCursor, page, read, sessionQuery } from "./forms";
import { unauthenticated } from "./problem";

const DAY_MS = 24 * 60 * 60 * 1_000;
const NEVER = 2 ** 53;

const COLUMNS = `
  SELECT s.id, s.company_id AS company, s.user_id AS user, u.first_name || ' ' || u.last_name AS rep_name,
         s.scenario_id AS scenario, s.day, v.theme, v.description, s.status, s.slot_at, s.opens_at, s.closes_at,
         s.utc_offset_minutes, s.started_at, s.ended_at, s.late, c.session_minutes AS target_minutes, s.score, s.first_score,
         (SELECT json_group_array(json_object(
              'id', d.value ->> '$.id', 'title', d.value ->> '$.title',
              'customerName', d.value ->> '$.customer.name', 'customerBusiness', d.value ->> '$.customer.business'))
          FROM json_each(v.text, '$.drills') d) AS drills`;
const JOINS = `
  JOIN companies c ON c.id = s.company_id
  JOIN users u ON u.id = s.user_id
  JOIN scenarios sc ON sc.id = s.scenario_id
  JOIN scenario_versions v ON v.id = coalesce(s.scenario_version_id, sc.published_version_id,
      (SELECT id FROM scenario_versions
       WHERE scenario_id = sc.id AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1))`;

export interface SessionRow {
  id: string;
  company: string;
  user: string;
  rep_name: string;
  scenario: string;
  day: number;
  theme: string;
  description: string;
  status: "scheduled" | "in_progress" | "completed" | "missed";
  slot_at: number;
  opens_at: number;
  closes_at: number;
  utc_offset_minutes: number;
  started_at: number | null;
  ended_at: number | null;
  late: number;
  target_minutes: number;
  score: number | null;
  first_score: number | null;
  drills: string;
}

const shown = (row: SessionRow, step: string | null = null) => ({
  id: row.id, userId: row.user, scenarioId: row.scenario, day: row.day, theme: row.theme, description: row.description,
  status: row.status, step, slotAt: row.slot_at, opensAt: row.opens_at, closesAt: row.closes_at, startedAt: row.started_at,
  endedAt: row.ended_at, late: row.late !== 0, targetMinutes: row.target_minutes, drills: JSON.parse(row.drills),
  score: row.score, firstScore: row.first_score,
});

const TODAY = `
  WITH mine AS (
      SELECT id, 0 AS place, slot_at AS at FROM sessions
      WHERE company_id = ?1 AND user_id = ?2 AND status = 'in_progress'
      UNION ALL
      SELECT id, 1, slot_at FROM sessions
      WHERE company_id = ?1 AND user_id = ?2 AND status = 'scheduled' AND closes_at > ?3 AND opens_at < ?5
      UNION ALL
      SELECT id, 2, ended_at FROM sessions
      WHERE company_id = ?1 AND user_id = ?2 AND status = 'completed' AND ended_at >= ?4 AND ended_at < ?5)
  ${COLUMNS} FROM mine JOIN sessions s ON s.id = mine.id ${JOINS}
  ORDER BY mine.place, mine.at`;
export const PROGRESS = `
  SELECT coalesce(r.days_completed, 0) AS days_completed, c.training_days AS days_total, coalesce(r.streak, 0) AS streak
  FROM users u JOIN companies c ON c.id = u.company_id LEFT JOIN rep_rollups r ON r.user_id = u.id
  WHERE u.id = ?1 AND u.company_id = ?2`;
const RECENT = `
  SELECT s.id AS session, s.day, v.theme, s.ended_at, s.first_score, s.score
  FROM sessions s JOIN scenario_versions v ON v.id = s.scenario_version_id
  WHERE s.company_id = ?1 AND s.user_id = ?2 AND s.status = 'completed'
  ORDER BY s.ended_at DESC LIMIT 10`;

export interface ProgressRow {
  days_completed: number;
  days_total: number;
  streak: number;
}
interface RecentRow {
  session: string;
  day: number;
  theme: string;
  ended_at: number;
  first_score: number;
  score: number;
}

export async function today(c: Context<App>) {
  const { company, user } = c.get("asker");
  const db = c.env.DB;
  const now = Date.now();
  const [sessions, progress, recent] = await db.batch([
    db.prepare(TODAY).bind(company, user, now, now - DAY_MS, now + DAY_MS),
    db.prepare(PROGRESS).bind(user, company),
    db.prepare(RECENT).bind(company, user),
  ]) as [D1Result<SessionRow>, D1Result<ProgressRow>, D1Result<RecentRow>];
  const stands = progress.results[0];
  if (!stands) throw unauthenticated();
  const items = sessions.results.filter((row) => isForToday(row, now)).map(async (row) => shown(row, await stepOf(c, row)));
  return c.json({
    items: await Promise.all(items),
    progress: {
      daysCompleted: stands.days_completed, daysTotal: stands.days_total, streak: stands.streak,
      recent: recent.results.reverse().map((row) => ({
        sessionId: row.session, day: row.day, theme: row.theme, endedAt: row.ended_at, firstScore: row.first_score,
        score: row.score,
      })),
    },
    now,
  });
}

/** By the calendar of the rep's own group. */
function isForToday(row: SessionRow, now: number): boolean {
  const date = (at: number) => Math.floor((at + row.utc_offset_minutes * 60_000) / DAY_MS);
  switch (row.status) {
    case "in_progress": return true;
    case "scheduled": return date(row.slot_at) <= date(now) || row.opens_at <= now;
    case "completed": return row.ended_at !== null && date(row.ended_at) === date(now);
    case "missed": return false;
  }
}

async function stepOf(c: Context<App>, row: SessionRow): Promise<string | null> {
  if (row.status !== "in_progress") return null;
  return await c.env.CHAT_SESSION.getByName(`${row.company}/${row.id}`).step();
}

const LED_BY = "SELECT m.user_id AS user FROM teams t JOIN team_members m ON m.team_id = t.id WHERE t.company_id = ?1 AND t.manager_id = ?2";
const ONE = "SELECT ?2 AS user";
const FILTERED = "p.slot_at >= ?6 AND p.slot_at < ?7 AND (?8 IS NULL OR p.status = ?8) AND (?9 IS NULL OR p.day = ?9)";
const latest = (reps: string) => `
  WITH reps AS MATERIALIZED (${reps}) ${COLUMNS} FROM sessions s ${JOINS}
  WHERE s.id IN (
      SELECT q.id FROM reps JOIN sessions q ON q.id IN (
          SELECT p.id FROM sessions p
          WHERE p.company_id = ?1 AND p.user_id = reps.user AND p.slot_at <= ?3 AND (p.slot_at, p.id) < (?3, ?4) AND ${FILTERED}
          ORDER BY p.slot_at DESC LIMIT ?5)
      ORDER BY q.slot_at DESC, q.id DESC LIMIT ?5)
  ORDER BY s.slot_at DESC, s.id DESC`;
const OF_COMPANY = `
  ${COLUMNS} FROM sessions s ${JOINS}
  WHERE s.id IN (
      SELECT p.id FROM sessions p
      WHERE p.company_id = ?1 AND ?2 IS NULL AND p.slot_at <= ?3 AND (p.slot_at, p.id) < (?3, ?4) AND ${FILTERED}
      ORDER BY p.slot_at DESC, p.id DESC LIMIT ?5)
  ORDER BY s.slot_at DESC, s.id DESC`;
const LATEST = { sales_rep: latest(ONE), manager: latest(LED_BY), super_admin: OF_COMPANY };

export async function list(c: Context<App>) {
  const query = read(sessionQuery, c.req.query());
  const asker = c.get("asker");
  const after = fromCursor(query.cursor, { slot_at: NEVER, id: "" });
  const { results } = await c.env.DB.prepare(LATEST[asker.role])
    .bind(
      asker.company, asker.role === "super_admin" ? null : asker.user, after.slot_at, after.id, query.limit + 1,
      query.from ?? 0, query.to ?? NEVER, query.status ?? null, query.day ?? null,
    )
    .all<SessionRow>();
  return c.json(page(
    results, query.limit, (row) => ({ ...shown(row), repName: row.rep_name }), (row) => ({ slot_at: row.slot_at, id: row.id }),
  ));
}

const OWN = `
  SELECT s.id, s.company_id AS company, s.user_id AS user, s.status, s.opens_at, s.closes_at, s.slot_at, v.text
  FROM sessions s JOIN scenarios sc ON sc.id = s.scenario_id
  JOIN scenario_versions v ON v.id = coalesce(s.scenario_version_id, sc.published_version_id)
  WHERE s.id = ?1 AND s.company_id = ?2 AND s.user_id = ?3`;

/** The asker's own session; nobody else's exists. */
export const own = (c: Context<App>, id: string) =>
  c.env.DB.prepare(OWN).bind(id, c.get("asker").company, c.get("asker").user)
    .first<Pick<SessionRow, "id" | "company" | "user" | "status" | "opens_at" | "closes_at" | "slot_at"> & { text: string }>();
