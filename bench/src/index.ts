/** The peer: eight calls of the API, and what it takes to make them. */

import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { dashboard, leaderboard } from "./analytics";
import { bearer, login, me, only } from "./auth";
import { message, start } from "./chat";
import type { App } from "./env";
import { users } from "./people";
import { answer, notFound } from "./problem";
import { list, today } from "./sessions";

export { ChatSession } from "./object";

const app = new Hono<App>();

app.use(async (c, next) => {
  const requestId = crypto.randomUUID();
  c.set("requestId", requestId);
  await next();
  c.header("x-request-id", requestId);
  if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
});
app.use(secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
  xFrameOptions: "DENY",
  strictTransportSecurity: "max-age=63072000; includeSubDomains",
  permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
  crossOriginOpenerPolicy: false, originAgentCluster: false, xDnsPrefetchControl: false, xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false, xXssProtection: false,
}));

app.get("/api/health", (c) => c.json({ status: "ok" }));
app.post("/api/auth/login", login);
app.get("/api/auth/me", bearer, me);
app.get("/api/sessions/today", bearer, today);
app.get("/api/sessions", bearer, list);
app.get("/api/users", bearer, only("manager", "super_admin"), users);
app.get("/api/analytics/leaderboard", bearer, leaderboard);
app.get("/api/analytics/dashboard", bearer, dashboard);
app.post("/api/chat/start", bearer, start);
app.post("/api/chat/:id/message", bearer, message);

app.notFound((c) => answer(notFound("path"), c));
app.onError(answer);

export default app;
