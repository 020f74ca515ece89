import type { Context } from "hono";
import type { App, Principal } from "./env";
import { boardQuery, read } from "./forms";
import { Problem, unauthenticated } from "./problem";
import { PROGRESS, type ProgressRow } from "./sessions";

const DAY_MS = 24 * 60 * 60 * 1_000;
const WEEKS = 12;

const tenth = (value: number) => Math.round(value * 10) / 10;
const tenthOrNull = (value: number | null | undefined) => (value == null ? null : tenth(value));

const CLOCK = "SELECT utc_offset_minutes FROM sessions WHERE company_id = ?1 ORDER BY date DESC LIMIT 1";

/** The Monday of the week so many weeks before this one, on the company's clock. */
async function weeksBack(db: D1Database, company: string, weeks: number): Promise<string> {
  const clock = await db.prepare(CLOCK).bind(company).first<{ utc_offset_minutes: number }>();
  const local = Date.now() + (clock?.utc_offset_minutes ?? 0) * 60_000;
  const day = Math.floor(local / DAY_MS);
  // 1 January 1970 was a Thursday.
  const monday = day - ((day + 3) % 7) - 7 * weeks;
  return new Date(monday * DAY_MS).toISOString().slice(0, 10);
}

const REPS = `
  WITH reps (id) AS MATERIALIZED (
      SELECT u.id FROM users u WHERE ?2 = 'company' AND u.company_id = ?1 AND u.role = 'sales_rep'
      UNION ALL
      SELECT m.user_id FROM teams t JOIN team_members m ON m.team_id = t.id
      WHERE ?2 = 'ledBy' AND t.company_id = ?1 AND t.manager_id = ?3
      UNION ALL
      SELECT m.user_id FROM team_members m WHERE ?2 = 'team' AND m.company_id = ?1 AND m.team_id = ?3
      UNION ALL
      SELECT u.id FROM users u WHERE ?2 = 'rep' AND u.company_id = ?1 AND u.id = ?3)`;
const RANKED = `,
  places AS (
      SELECT user, name, value, on_leaderboard, rank() OVER (ORDER BY value DESC) AS rank,
             count(*) OVER (PARTITION BY value) > 1 AS tied, count(*) OVER () AS ranked,
             row_number() OVER (ORDER BY value DESC, name, user) AS place
      FROM board WHERE value IS NOT NULL)
  SELECT user, name, value, rank, tied, on_leaderboard, ranked FROM places
  WHERE place <= ?6 OR user = ?4
  ORDER BY place`;
const ALL_TIME = `${REPS},
  board AS (
      SELECT u.id AS user, trim(u.first_name || ' ' || u.last_name) AS name, u.on_leaderboard,
             round(CASE ?5 WHEN 'score' THEN r.score_avg
                           WHEN 'practice' THEN r.completed
                           WHEN 'improvement' THEN CASE WHEN r.completed > 5
                               THEN r.recent_first_score_avg - r.early_first_score_avg END END, 1) AS value
      FROM reps CROSS JOIN users u ON u.id = reps.id CROSS JOIN rep_rollups r ON r.user_id = u.id
      WHERE u.company_id = ?1 AND u.role = 'sales_rep' AND u.is_active = 1 AND (u.on_leaderboard = 1 OR u.id = ?4)
        AND r.completed > 0)${RANKED}`;
const OF_WEEK = `${REPS},
  board AS (
      SELECT u.id AS user, trim(u.first_name || ' ' || u.last_name) AS name, u.on_leaderboard,
             round(CASE ?5 WHEN 'score' THEN w.score_avg
                           WHEN 'practice' THEN w.completed
                           WHEN 'improvement' THEN w.first_score_avg - (
                               SELECT b.first_score_avg FROM rep_week_rollups b
                               WHERE b.company_id = ?1 AND b.user_id = w.user_id AND b.week < ?7 AND b.completed > 0
                               ORDER BY b.week DESC LIMIT 1) END, 1) AS value
      FROM reps CROSS JOIN users u ON u.id = reps.id
      CROSS JOIN rep_week_rollups w ON w.company_id = ?1 AND w.user_id = u.id AND w.week = ?7
      WHERE u.company_id = ?1 AND u.role = 'sales_rep' AND u.is_active = 1 AND (u.on_leaderboard = 1 OR u.id = ?4)
        AND w.completed > 0)${RANKED}`;

interface PlaceRow {
  user: string;
  name: string;
  value: number;
  rank: number;
  tied: number;
  on_leaderboard: number;
  ranked: number;
}

/** Whom the asker is shown. */
async function reach(db: D1Database, asker: Principal): Promise<["team" | "ledBy" | "company" | "rep", string | null]> {
  switch (asker.role) {
    case "super_admin": return ["company", null];
    case "manager": return ["ledBy", asker.user];
    case "sales_rep": {
      const own = await db.prepare("SELECT team_id AS team FROM team_members WHERE company_id = ?1 AND user_id = ?2")
        .bind(asker.company, asker.user).first<{ team: string }>();
      return own ? ["team", own.team] : ["rep", asker.user];
    }
  }
}

const SCOPES = { team: "team", rep: "team", ledBy: "ownTeams", company: "company" };

export async function leaderboard(c: Context<App>) {
  const query = read(boardQuery, c.req.query());
  const asker = c.get("asker");
  const db = c.env.DB;
  const [kind, of] = await reach(db, asker);
  const week = query.period === "week" ? await weeksBack(db, asker.company, 0) : null;
  const values = [asker.company, kind, of, asker.user, query.by, query.limit];
  const statement = week === null ? db.prepare(ALL_TIME).bind(...values) : db.prepare(OF_WEEK).bind(...values, week);
  const { results } = await statement.all<PlaceRow>();
  return c.json({
    by: query.by, period: query.period, week, scope: SCOPES[kind], ranked: results[0]?.ranked ?? 0,
    items: results.map((row) => ({
      rank: row.rank, tied: row.tied !== 0, userId: row.user, name: row.name, value: row.value,
      isYou: row.user === asker.user, onlyYou: row.on_leaderboard === 0,
    })),
  });
}

const METRICS = "confidence_avg, clarity_avg, structure_avg, objection_handling_avg, closing_avg";
const REP = `
  SELECT coalesce(r.completed, 0) AS completed, coalesce(r.missed, 0) AS missed, coalesce(r.late, 0) AS late,
         coalesce(r.days_completed, 0) AS days_completed, coalesce(r.streak, 0) AS streak,
         coalesce(r.practice_seconds, 0) AS practice_seconds, r.best_score, r.score_avg, r.first_score_avg,
         r.early_first_score_avg, r.recent_first_score_avg, ${METRICS}, r.last_ended_at
  FROM users u LEFT JOIN rep_rollups r ON r.user_id = u.id
  WHERE u.company_id = ?1 AND u.id = ?2`;
const WEEK = `SELECT week, completed, missed, late, practice_seconds, score_avg, first_score_avg, ${METRICS} FROM rep_week_rollups`;
const ENDS = `
  SELECT * FROM (${WEEK} WHERE company_id = ?1 AND user_id = ?2 AND completed > 0 ORDER BY week LIMIT 1)
  UNION ALL
  SELECT * FROM (${WEEK} WHERE company_id = ?1 AND user_id = ?2 AND completed > 0 ORDER BY week DESC LIMIT 1)`;
const SINCE = `${WEEK} WHERE company_id = ?1 AND user_id = ?2 AND week >= ?3 ORDER BY week`;
const SCENARIOS = `
  SELECT day, completed, missed, score_avg, first_score_avg FROM rep_scenario_rollups
  WHERE company_id = ?1 AND user_id = ?2 ORDER BY day, scenario_id`;

interface Means {
  score_avg: number | null;
  first_score_avg: number | null;
}
interface Tallied extends Means {
  completed: number;
  missed: number;
  late: number;
  practice_seconds: number;
}
interface Metrics {
  confidence_avg: number | null;
  clarity_avg: number | null;
  structure_avg: number | null;
  objection_handling_avg: number | null;
  closing_avg: number | null;
}
interface RepRow extends Tallied, Metrics {
  days_completed: number;
  streak: number;
  best_score: number | null;
  early_first_score_avg: number | null;
  recent_first_score_avg: number | null;
  last_ended_at: number | null;
}
interface WeekRow extends Tallied, Metrics {
  week: string;
}
interface ScenarioRow extends Means {
  day: number;
  completed: number;
  missed: number;
}

const rate = (completed: number, missed: number) =>
  completed + missed > 0 ? tenth((completed / (completed + missed)) * 100) : null;
const mean = (sum: number, count: number) => (count > 0 ? tenth(sum / count) : null);
const metrics = (row: Metrics) => ({
  confidence: tenthOrNull(row.confidence_avg), clarity: tenthOrNull(row.clarity_avg), structure: tenthOrNull(row.structure_avg),
  objectionHandling: tenthOrNull(row.objection_handling_avg), closing: tenthOrNull(row.closing_avg),
});
const figures = (row: Tallied) => ({
  totalSessions: row.completed + row.missed, completedSessions: row.completed, missedSessions: row.missed,
  lateSessions: row.late, completionRate: rate(row.completed, row.missed), practiceSeconds: row.practice_seconds,
  avgSessionDuration: mean(row.practice_seconds, row.completed),
  avgScore: mean((row.score_avg ?? 0) * row.completed, row.completed),
  avgFirstScore: mean((row.first_score_avg ?? 0) * row.completed, row.completed),
});

/** Up to five sessions the earliest and the latest five are the same. */
const firstScoreImprovement = (row: RepRow) =>
  row.completed > 5 && row.recent_first_score_avg !== null && row.early_first_score_avg !== null
    ? tenth(row.recent_first_score_avg - row.early_first_score_avg) : null;

function improvement(row: RepRow, ends: WeekRow[]) {
  const [first, latest] = ends;
  const between = (of: (week: Metrics) => number | null) => {
    const [from, to] = first && latest && first.week !== latest.week ? [of(first), of(latest)] : [null, null];
    return from !== null && to !== null ? tenth(to - from) : null;
  };
  return {
    firstScore: firstScoreImprovement(row), confidence: between((week) => week.confidence_avg),
    clarity: between((week) => week.clarity_avg), structure: between((week) => week.structure_avg),
    objectionHandling: between((week) => week.objection_handling_avg), closing: between((week) => week.closing_avg),
  };
}

function byDay(rows: ScenarioRow[], total: number) {
  const days = new Map<number, { completed: number; missed: number; score: number; first: number }>();
  for (let day = 1; day <= total; day++) days.set(day, { completed: 0, missed: 0, score: 0, first: 0 });
  for (const row of rows) {
    const sum = days.get(row.day) ?? { completed: 0, missed: 0, score: 0, first: 0 };
    sum.completed += row.completed;
    sum.missed += row.missed;
    sum.score += (row.score_avg ?? 0) * row.completed;
    sum.first += (row.first_score_avg ?? 0) * row.completed;
    days.set(row.day, sum);
  }
  return [...days].sort(([a], [b]) => a - b).map(([day, sum]) => ({
    day, completed: sum.completed, missed: sum.missed, completionRate: rate(sum.completed, sum.missed),
    avgScore: mean(sum.score, sum.completed), avgFirstScore: mean(sum.first, sum.completed),
  }));
}

/** A rep's first page. Those of managers and super admins are not written here. */
export async function dashboard(c: Context<App>) {
  const { company, user, role } = c.get("asker");
  if (role !== "sales_rep") throw new Problem(501, "not_written", "The peer has the rep's dashboard only.");
  const db = c.env.DB;
  const since = await weeksBack(db, company, WEEKS - 1);
  const [reps, ends, weeks, scenarios, progress] = await db.batch([
    db.prepare(REP).bind(company, user),
    db.prepare(ENDS).bind(company, user),
    db.prepare(SINCE).bind(company, user, since),
    db.prepare(SCENARIOS).bind(company, user),
    db.prepare(PROGRESS).bind(user, company),
  ]) as [D1Result<RepRow>, D1Result<WeekRow>, D1Result<WeekRow>, D1Result<ScenarioRow>, D1Result<ProgressRow>];
  const rep = reps.results[0];
  const stands = progress.results[0];
  if (!rep || !stands) throw unauthenticated();
  return c.json({
    role,
    metrics: {
      ...figures(rep), bestScore: rep.best_score, streak: rep.streak, daysCompleted: rep.days_completed,
      lastPractisedAt: rep.last_ended_at, averages: metrics(rep),
    },
    improvement: improvement(rep, ends.results),
    daysTotal: stands.days_total,
    weeks: weeks.results.map((row) => ({ week: row.week, ...figures(row), metrics: metrics(row) })),
    progressByDay: byDay(scenarios.results, stands.days_total),
  });
}
