import Argon2 from "@phi-ag/argon2";
// @ts-expect-error Compiled by the runtime, not by TypeScript.
import argon2Wasm from "@phi-ag/argon2/argon2.wasm";
import type { Context } from "hono";
import { setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { sign, verify } from "hono/jwt";
import type { App, Role } from "./env";
import { body, loginForm } from "./forms";
import { Problem, unauthenticated } from "./problem";

const ACCESS_SECONDS = 15 * 60;
const REFRESH_SECONDS = 7 * 24 * 60 * 60;
const TRIES = { account: { name: "login_account", tries: 5 }, network: { name: "login_network", tries: 300 } };
const WINDOW_MS = 15 * 60 * 1_000;
/** The hash of a password nobody has, so that an unknown address takes as long. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWhhcy10aGlz$Cwg0t9jKes+YzcceWaFEgWeqZCq4aHbCDN3Rfy/FT/Y";

/** The reference implementation in C with SIMD, compiled to wasm; parameters stand in the stored hash. */
let argon2: Promise<Argon2> | undefined;
const hasher = () => (argon2 ??= WebAssembly.instantiate(argon2Wasm as WebAssembly.Module).then((made) => new Argon2(made)));

interface Claims {
  typ: "access";
  sub: string;
  company: string;
  role: Role;
  epoch: number;
  device: string;
}

const PRINCIPAL = `
  SELECT u.id AS user, u.company_id AS company, u.role, u.is_active,
         u.role = 'super_admin' OR (c.is_active AND coalesce(c.plan_ends_at > ?3, 1)) AS company_active,
         u.token_epoch, d.revoked_at IS NOT NULL AS device_revoked
  FROM users u JOIN companies c ON c.id = u.company_id JOIN devices d ON d.user_id = u.id
  WHERE u.id = ?1 AND d.id = ?2`;

interface PrincipalRow {
  user: string;
  company: string;
  role: Role;
  is_active: number;
  company_active: number;
  token_epoch: number;
  device_revoked: number;
}

/** Lets in whoever holds a good token and whom the database still knows so. */
export const bearer = createMiddleware<App>(async (c, next) => {
  const token = c.req.header("authorization")?.match(/^bearer (.+)$/i)?.[1];
  if (!token) throw unauthenticated();
  const claims = (await verify(token, c.env.JWT_SECRET, "HS256").catch(() => {
    throw unauthenticated();
  })) as unknown as Claims;
  const row = await c.env.DB.prepare(PRINCIPAL).bind(claims.sub, claims.device, Date.now()).first<PrincipalRow>();
  const holds = claims.typ === "access" && row && row.is_active && row.company_active && !row.device_revoked
    && row.token_epoch === claims.epoch && row.role === claims.role && row.company === claims.company;
  if (!holds) throw unauthenticated();
  c.set("asker", { user: row.user, company: row.company, role: row.role });
  await next();
});

/** After `bearer`: only these roles may make the call. */
export const only = (...roles: Role[]) =>
  createMiddleware<App>(async (c, next) => {
    if (!roles.includes(c.get("asker").role)) throw new Problem(403, "forbidden", "Your role may not do this.");
    await next();
  });

const HIT = `
  INSERT INTO rate_limits (bucket, window_at, hits)
  VALUES (?1, coalesce((SELECT max(window_at) FROM rate_limits WHERE bucket = ?1 AND window_at > ?2 - ?3), ?2), 1)
  ON CONFLICT (bucket, window_at) DO UPDATE SET hits = hits + 1
  RETURNING hits, window_at`;

const hex = (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (text: string | Uint8Array<ArrayBuffer>) =>
  hex(await crypto.subtle.digest("SHA-256", typeof text === "string" ? new TextEncoder().encode(text) : text));

/** Counts a try; refuses the one that is too many. Gives the bucket. */
async function count(db: D1Database, limit: { name: string; tries: number }, whom: string): Promise<string> {
  const bucket = `${limit.name}:${await sha256(whom)}`;
  const hit = await db.prepare(HIT).bind(bucket, Date.now(), WINDOW_MS).first<{ hits: number }>();
  if (!hit || hit.hits > limit.tries) throw new Problem(429, "rate_limited", "Too many tries. Wait 15 minutes, then try again.");
  return bucket;
}

const CREDENTIALS = `
  SELECT u.id AS user, u.company_id AS company, u.role, u.password_hash, u.is_active,
         u.role = 'super_admin' OR c.is_active AS company_active,
         u.role <> 'super_admin' AND coalesce(c.plan_ends_at <= ?2, 0) AS plan_ended, u.token_epoch
  FROM users u JOIN companies c ON c.id = u.company_id
  WHERE u.email = ?1`;

interface Credentials extends Omit<PrincipalRow, "device_revoked"> {
  password_hash: string;
  plan_ended: number;
}

export async function login(c: Context<App>) {
  const form = await body(loginForm, c);
  const db = c.env.DB;
  const network = c.req.header("cf-connecting-ip");
  if (network && network !== "127.0.0.1" && network !== "::1") await count(db, TRIES.network, network);
  const tries = await count(db, TRIES.account, form.email.trim().toLowerCase());

  const now = Date.now();
  const found = await db.prepare(CREDENTIALS).bind(form.email.trim(), now).first<Credentials>();
  const right = (await hasher()).tryVerify(found?.password_hash ?? NOBODYS_HASH, form.password).success;
  if (!found || !right || !found.is_active || !found.company_active) {
    throw new Problem(401, "bad_credentials", "That e-mail address and password don't belong together.");
  }
  if (found.plan_ended) {
    throw new Problem(403, "plan_ended", "Your company's subscription has ended. Write to us to go on; nothing is lost.");
  }

  const device = crypto.randomUUID();
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const claims: Claims = {
    typ: "access", sub: found.user, company: found.company, role: found.role, epoch: found.token_epoch, device,
  };
  const seconds = Math.floor(now / 1_000);
  const [user, accessToken, hash] = await Promise.all([
    loadMe(db, found.company, found.user),
    sign({ ...claims, iat: seconds, exp: seconds + ACCESS_SECONDS }, c.env.JWT_SECRET, "HS256"),
    sha256(secret),
  ]);
  await db.batch([
    db.prepare("INSERT INTO devices (id, company_id, user_id, label, created_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)")
      .bind(device, found.company, found.user, "Unknown device", now),
    db.prepare("INSERT INTO refresh_tokens (id, device_id, token_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)")
      .bind(crypto.randomUUID(), device, hash, now, now + REFRESH_SECONDS * 1_000),
    db.prepare("UPDATE users SET last_login_at = ?2 WHERE id = ?1").bind(found.user, now),
    db.prepare("DELETE FROM rate_limits WHERE bucket = ?1").bind(tries),
  ]);
  const cookie = btoa(String.fromCharCode(...secret)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  setCookie(c, "sc_refresh", cookie, { path: "/api/auth", maxAge: REFRESH_SECONDS, httpOnly: true, sameSite: "Strict" });
  return c.json({ accessToken, expiresIn: ACCESS_SECONDS, user });
}

const ME = `
  SELECT u.id, u.email, u.role, u.first_name, u.last_name, c.id AS company, c.name AS company_name,
         g.name AS group_name, g.slot_minute, g.zone
  FROM users u JOIN companies c ON c.id = u.company_id
  LEFT JOIN group_members m ON m.user_id = u.id
  LEFT JOIN groups g ON g.id = m.group_id
  WHERE u.id = ?1 AND u.company_id = ?2`;

interface MeRow {
  id: string;
  email: string;
  role: Role;
  first_name: string;
  last_name: string;
  company: string;
  company_name: string;
  group_name: string | null;
  slot_minute: number | null;
  zone: string | null;
}

async function loadMe(db: D1Database, company: string, user: string) {
  const row = await db.prepare(ME).bind(user, company).first<MeRow>();
  if (!row) throw unauthenticated();
  return {
    id: row.id, email: row.email, role: row.role, firstName: row.first_name, lastName: row.last_name,
    company: { id: row.company, name: row.company_name },
    group: row.group_name === null ? null : { name: row.group_name, slotMinute: row.slot_minute, zone: row.zone },
  };
}

export async function me(c: Context<App>) {
  const { company, user } = c.get("asker");
  return c.json(await loadMe(c.env.DB, company, user));
}
