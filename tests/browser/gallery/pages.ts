// Which pages there are, for whom, and at which addresses in the demo's data.
import type { APIRequestContext } from "@playwright/test";
import { PASSWORD } from "../reps";

export type Shown = { name: string; path: string };
export type Role = "nobody" | "rep" | "manager" | "admin";

/** A look at the API as one person. */
type Ask = (path: string) => Promise<any>;

export async function askAs(api: APIRequestContext, email: string): Promise<Ask> {
  const login = await api.post("/api/auth/login", { data: { email, password: PASSWORD } });
  const { accessToken } = await login.json();
  return async (path) => {
    const answer = await api.get(path, { headers: { authorization: `Bearer ${accessToken}` } });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
    return answer.json();
  };
}

const shown = (pages: Record<string, string>): Shown[] => Object.entries(pages).map(([name, path]) => ({ name, path }));

export const WITHOUT_LOG_IN = shown({
  "log-in": "/login",
  register: "/register",
  "forgot-password": "/forgot-password",
  "not-found": "/nowhere",
});

const EVERYBODYS = { settings: "/settings", profile: "/profile" };

export async function ofRep(ask: Ask): Promise<Shown[]> {
  const done = (await ask("/api/sessions?status=completed&limit=1")).items[0];
  const [scenario] = (await ask("/api/scenarios?limit=1")).items;
  return shown({
    today: "/",
    progress: "/progress",
    history: "/history",
    ...(done && { transcript: `/history/${done.id}`, result: `/session/${done.id}/result`, voice: `/session/${done.id}/voice` }),
    library: "/library",
    scenario: `/library/${scenario.id}`,
    calendar: "/calendar",
    leaderboard: "/leaderboard",
    ...EVERYBODYS,
  });
}

export async function ofManager(ask: Ask): Promise<Shown[]> {
  const first = async (path: string) => (await ask(path)).items[0]?.id;
  const person = await first("/api/users?role=sales_rep&limit=1");
  const team = await first("/api/teams?limit=1");
  const group = await first("/api/groups?limit=1");
  const scenario = await first("/api/scenarios?limit=1");
  const session = await first("/api/sessions?status=completed&limit=1");
  return shown({
    board: "/",
    people: "/people",
    ...(person && { person: `/people/${person}` }),
    invites: "/invites",
    teams: "/teams",
    ...(team && { team: `/teams/${team}` }),
    groups: "/groups",
    ...(group && { group: `/groups/${group}` }),
    schedule: "/schedule",
    ...(session && { session: `/sessions/${session}` }),
    scenarios: "/scenarios",
    "new-scenario": "/scenarios/new",
    scenario: `/scenarios/${scenario}`,
    tone: "/tone",
    analytics: "/analytics",
    reports: "/reports",
    leaderboard: "/leaderboard",
    audit: "/audit",
    company: "/settings/company",
    ...EVERYBODYS,
  });
}

export async function ofAdmin(ask: Ask): Promise<Shown[]> {
  const [company] = (await ask("/api/companies?limit=1")).items;
  return shown({
    dashboard: "/",
    companies: "/companies",
    company: `/companies/${company.id}`,
    ai: "/ai",
    people: "/people",
    audit: "/audit",
    reports: "/reports",
    ...EVERYBODYS,
  });
}
