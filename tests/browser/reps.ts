// A rep of one's own for every test, and the truth about their session as the API tells it, from another device.
import { test as base, type APIRequestContext } from "@playwright/test";

export const PASSWORD = "Practise-10-days!";

/** The seed has at least this many practice reps for each Playwright worker. */
const REPS_PER_WORKER = 20;

export type Message = { id: string; role: "customer" | "salesperson" | "coach"; kind: string; content: string; status: string };
export type State = { step: string; status: string; items: Message[]; lastEventId: number; runningTurn: string | null };

/** A practice rep: day 1 is open for them, and nobody else uses them. */
export class Rep {
  constructor(
    readonly email: string,
    /** Requests of another device. */
    readonly api: APIRequestContext,
  ) {}

  /** Their session as the server has it. */
  async state(session: string): Promise<State> {
    const login = await this.api.post("/api/auth/login", { data: { email: this.email, password: PASSWORD } });
    const { accessToken } = await login.json();
    const answer = await this.api.get(`/api/chat/${session}/history`, { headers: { authorization: `Bearer ${accessToken}` } });
    return answer.json();
  }
}

let used = 0;

export const test = base.extend<{ rep: Rep }>({
  rep: async ({ playwright, baseURL }, use, info) => {
    const number = info.workerIndex * REPS_PER_WORKER + ++used;
    // Requests of its own: the browser's cookies are another device's.
    const api = await playwright.request.newContext({ baseURL });
    await use(new Rep(`practice-${String(number).padStart(4, "0")}@salescaptain.test`, api));
    await api.dispose();
  },
});

export { expect } from "@playwright/test";
