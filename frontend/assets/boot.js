// Starts the app. A file of its own, so that the page needs no inline script; the page names the parts by their hashes.
// The theme that was chosen on this device, before anything of it is seen.
const theme = localStorage.getItem("captain.theme")?.replaceAll('"', "");
if (theme === "light" || theme === "dark") document.documentElement.style.colorScheme = theme;

// The words of the language that was chosen on this device come along with the app; English stands in it.
const language = localStorage.getItem("captain.language")?.replaceAll('"', "");
const words = document.querySelector(`meta[name="words-${language}"]`)?.content;
if (words) {
  document.documentElement.lang = language;
  document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href: words }));
}

const part = (name) => document.querySelector(`link[data-part="${name}"]`).href;

try {
  const { default: init } = await import(part("js"));
  await init({ module_or_path: part("wasm") });
  import("/offline.js");
} catch (error) {
  console.error(error);
  const status = document.getElementById("shell-status");
  if (status) status.textContent = words ? "ऐप नहीं खुल पाया। अपना नेटवर्क देखें और पेज फिर से लोड करें।" : "Sales Captain could not be loaded. Check your network and load the page again.";
}
