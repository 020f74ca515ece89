// Has the service worker keep the app on the device, and lets the app know when a new version is ready.
const worker = navigator.serviceWorker;
const script = document.querySelector('meta[name="service-worker"]').content;
/** How often a page that stays open asks for a new version: once an hour, in milliseconds. */
const ASK_AGAIN = 3_600_000;

if (worker && script) await keep(script);
// A developer's build changes with each save.
else for (const old of (await worker?.getRegistrations()) ?? []) await old.unregister();

async function keep(script) {
  // Without a worker that ran before there is no older version.
  const announce = () => worker.controller && registration.waiting && isReady();
  const registration = await worker.register(script);
  registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", announce));
  announce();

  let wanted = false;
  document.addEventListener("captain:renew", () => {
    wanted = true;
    registration.waiting?.postMessage("take over");
  });
  worker.addEventListener("controllerchange", () => wanted && location.reload());

  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < ASK_AGAIN) return;
    asked = Date.now();
    // Without a network there is no new version.
    registration.update().catch(() => {});
  });
}

function isReady() {
  document.documentElement.dataset.newVersion = "";
  document.dispatchEvent(new Event("captain:new-version"));
}
