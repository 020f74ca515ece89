import type { Context } from "hono";
import type { App } from "./env";
import { fromCursor, page, read, userQuery } from "./forms";

const LIST = `
  SELECT u.id, u.company_id AS company, u.email, u.role, u.first_name, u.last_name, u.phone, u.language, u.is_active,
         t.id AS team, t.name AS team_name, g.id AS "group", g.name AS group_name,
         u.last_login_at, u.version, u.created_at, u.updated_at
  FROM users u
  LEFT JOIN team_members tm ON tm.user_id = u.id
  LEFT JOIN teams t ON t.id = tm.team_id
  LEFT JOIN group_members gm ON gm.user_id = u.id
  LEFT JOIN groups g ON g.id = gm.group_id
  WHERE u.company_id = ?1 AND u.first_name COLLATE NOCASE >= ?2
    AND (u.first_name COLLATE NOCASE, u.last_name COLLATE NOCASE, u.id) > (?2, ?3, ?4)
    AND (?5 IS NULL OR u.role = ?5) AND (?6 IS NULL OR u.is_active = ?6)
    AND (?7 IS NULL OR substr(u.first_name || ' ' || u.last_name, 1, length(?7)) = ?7 COLLATE NOCASE
         OR substr(u.last_name, 1, length(?7)) = ?7 COLLATE NOCASE
         OR substr(u.email, 1, length(?7)) = ?7 COLLATE NOCASE)
  ORDER BY u.first_name COLLATE NOCASE, u.last_name COLLATE NOCASE, u.id LIMIT ?8`;

interface PersonRow {
  id: string;
  company: string;
  email: string;
  role: string;
  first_name: string;
  last_name: string;
  phone: string | null;
  language: string;
  is_active: number;
  team: string | null;
  team_name: string | null;
  group: string | null;
  group_name: string | null;
  last_login_at: number | null;
  version: number;
  created_at: number;
  updated_at: number;
}

export async function users(c: Context<App>) {
  const query = read(userQuery, c.req.query());
  const after = fromCursor(query.cursor, ["", "", ""]);
  const { results } = await c.env.DB.prepare(LIST)
    .bind(
      c.get("asker").company, ...after, query.role ?? null,
      query.active === undefined ? null : Number(query.active), query.search?.trim() ?? null, query.limit + 1,
    )
    .all<PersonRow>();
  return c.json(page(results, query.limit, shown, (row) => [row.first_name, row.last_name, row.id]));
}

const shown = (row: PersonRow) => ({
  id: row.id, companyId: row.company, email: row.email, role: row.role, firstName: row.first_name, lastName: row.last_name,
  phone: row.phone, language: row.language, isActive: row.is_active !== 0,
  team: row.team === null ? null : { id: row.team, name: row.team_name },
  group: row.group === null ? null : { id: row.group, name: row.group_name },
  lastLoginAt: row.last_login_at, version: row.version, createdAt: row.created_at, updatedAt: row.updated_at,
});
