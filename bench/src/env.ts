import type { ChatSession } from "./object";

/** Bindings, variables and secrets, as in wrangler.toml. */
export interface Env {
  DB: D1Database;
  CHAT_SESSION: DurableObjectNamespace<ChatSession>;
  /** Signs access tokens. */
  JWT_SECRET: string;
  /** Milliseconds between the coach's words. */
  COACH_PACE_MS: string;
  /** What the coach says and how it judges, as frames with places for ids: the peer judges nothing itself. */
  SCRIPT: string;
}

export type Role = "super_admin" | "manager" | "sales_rep";

/** Who asks. */
export interface Principal {
  user: string;
  company: string;
  role: Role;
}

/** What the router's context carries. */
export interface App {
  Bindings: Env;
  Variables: { asker: Principal; requestId: string };
}
