import { DurableObject } from "cloudflare:workers";
import type { Env } from "./env";

const THINKING_PACES = 12;
const KEEP_ALIVE_MS = 15_000;

/** One frame of a turn's stream. */
type Frame = { type: string; content?: string; step?: string } & Record<string, unknown>;

/** Why a turn was not begun. */
export interface Refused {
  status: 404 | 409;
  code: string;
  detail: string;
}

type TurnRow = { id: string; content: string; first_seq: number; over: number };
type LogRow = { seq: number; frame: string };

/** One live session: its log in SQLite is the truth, and a stream is a view of it. */
export class ChatSession extends DurableObject<Env> {
  readonly #sql = this.ctx.storage.sql;
  /** Views that wait for the log to grow. */
  readonly #waiting = new Set<() => void>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql.exec("CREATE TABLE IF NOT EXISTS session (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), user TEXT NOT NULL, text TEXT NOT NULL) STRICT");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, frame TEXT NOT NULL) STRICT");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS turns (request TEXT PRIMARY KEY, id TEXT NOT NULL, content TEXT NOT NULL, first_seq INTEGER NOT NULL, over INTEGER NOT NULL DEFAULT 0) STRICT");
  }

  /** Starts the session, or finds it started. */
  async start(user: string, text: string): Promise<void> {
    this.#sql.exec("INSERT OR IGNORE INTO session (only_one, user, text) VALUES (1, ?, ?)", user, text);
    await this.ctx.storage.sync();
  }

  /** The step that the last turn came to. */
  async step(): Promise<string | null> {
    const last = this.#sql.exec<{ frame: string }>("SELECT frame FROM log ORDER BY seq DESC LIMIT 1").toArray()[0];
    return last ? (JSON.parse(last.frame) as Frame).step ?? null : "salesperson_response";
  }

  /** Takes a send and streams its turn: a new one, or the one that the same send began before. */
  async message(session: string, user: string, request: string, content: string): Promise<Response | Refused> {
    const owner = this.#sql.exec<{ user: string }>("SELECT user FROM session").toArray()[0];
    if (owner?.user !== user) return { status: 404, code: "not_found", detail: "There is no such session." };
    const known = this.#sql.exec<TurnRow>("SELECT id, content, first_seq, over FROM turns WHERE request = ?", request).toArray()[0];
    if (known && known.content !== content) {
      return { status: 409, code: "request_id_reused", detail: "This requestId was used for another message." };
    }
    if (known) return this.#stream(session, known.id, known.first_seq);
    const running = this.#sql.exec("SELECT id FROM turns WHERE over = 0").toArray()[0];
    if (running) return { status: 409, code: "turn_running", detail: "The coach still answers your last message." };

    const turn = crypto.randomUUID();
    const [sent, ...said] = this.#script(turn, request);
    if (!sent) throw new Error("the script has no frames");
    const first = this.#append([sent]);
    this.#sql.exec("INSERT INTO turns (request, id, content, first_seq) VALUES (?, ?, ?, ?)", request, turn, content, first);
    // Leaving the page does not stop a turn.
    this.ctx.waitUntil(this.#pump(turn, said));
    // What the rep sent is durable before anything is answered.
    await this.ctx.storage.sync();
    return this.#stream(session, turn, first);
  }

  /** The turn's frames, with ids of their own. */
  #script(turn: string, request: string): Frame[] {
    const messages = new Map<string, string>();
    const text = this.env.SCRIPT.replaceAll("{turn}", turn).replaceAll("{request}", request)
      .replaceAll('"{now}"', String(Date.now()))
      .replaceAll(/\{message:\d+\}/g, (place) => {
        const id = messages.get(place) ?? crypto.randomUUID();
        messages.set(place, id);
        return id;
      });
    return JSON.parse(text);
  }

  /** Carries the coach's words into the log, whoever listens. */
  async #pump(turn: string, frames: Frame[]): Promise<void> {
    const pace = Number(this.env.COACH_PACE_MS);
    for (const [at, frame] of frames.entries()) {
      // A verdict and the end after it stand in the log together.
      if (frame.type === "done") continue;
      this.#append(frame.type === "verdict" ? frames.slice(at) : [frame]);
      if (frame.type === "typing") await scheduler.wait(pace * THINKING_PACES);
      if (frame.type === "content") await scheduler.wait(pace * (frame.content ?? "").split(" ").length);
    }
    this.#sql.exec("UPDATE turns SET over = 1 WHERE id = ?", turn);
    this.#wake();
  }

  #append(frames: Frame[]): number {
    const first = this.#sql.exec<{ next: number }>("SELECT coalesce(max(seq), 0) + 1 AS next FROM log").one().next;
    const at = Date.now();
    frames.forEach((frame, place) => {
      this.#sql.exec("INSERT INTO log (seq, at, frame) VALUES (?, ?, ?)", first + place, at, JSON.stringify(frame));
    });
    this.#wake();
    return first;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #stream(session: string, turn: string, first: number): Response {
    const encoder = new TextEncoder();
    const connected = { type: "connected", sessionId: session, turnId: turn, after: first - 1 };
    let seen = first - 1;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`id: ${seen}\ndata: ${JSON.stringify(connected)}\n\n`)),
      pull: async (controller) => {
        for (;;) {
          const rows = this.#sql.exec<LogRow>("SELECT seq, frame FROM log WHERE seq > ? ORDER BY seq LIMIT 200", seen).toArray();
          if (rows.length > 0) {
            const over = rows.some(({ frame }) => frame.includes('"type":"done"'));
            if (over || rows.some(({ frame }) => frame.includes('"type":"message"'))) await this.ctx.storage.sync();
            seen = rows.at(-1)?.seq ?? seen;
            controller.enqueue(encoder.encode(rows.map(({ seq, frame }) => `id: ${seq}\ndata: ${frame}\n\n`).join("")));
            if (over) controller.close();
            return;
          }
          if (!(await this.#grows())) {
            controller.enqueue(encoder.encode(": keep-alive\n\n"));
            return;
          }
        }
      },
    });
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
    return new Response(body, { headers });
  }

  /** False when the log stayed quiet for a while. */
  #grows(): Promise<boolean> {
    return new Promise((resolve) => {
      const quiet = setTimeout(() => resolve(false), KEEP_ALIVE_MS);
      this.#waiting.add(() => {
        clearTimeout(quiet);
        resolve(true);
      });
    });
  }
}
