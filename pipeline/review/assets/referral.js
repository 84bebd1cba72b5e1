// The referral page's keys, its tab order, and drafts. Nothing here is needed: every form and link works without it.

let waiting; // the picture that is about to be fetched
const page = () => document.getElementById("referral");
const setting = { read: () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } },
  write: (on) => { try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* private windows keep nothing */ } } };

// Tab goes to what needs a look; arrows reach the rest of a list. The first of each list keeps its stop, so that no list is out of reach.
function arrange() {
  for (const list of document.querySelectorAll("[data-roving]")) {
    const stops = [...list.querySelectorAll(".leaf-state, a.label")];
    const looks = stops.filter((one) => one.hasAttribute("data-look"));
    stops.forEach((one, number) => { one.tabIndex = one.hasAttribute("data-look") || (!looks.length && number === 0) ? 0 : -1; });
  }
  const box = document.getElementById("keys-on");
  if (box) box.checked = setting.read();
}

// What needs a look, in the order of the page: doubtful values, people whose records nobody has settled, letters that are held.
const looks = () => [...document.querySelectorAll(".leaf-looks__list a")]
  .map((link) => document.getElementById(link.hash.slice(1)))
  .filter(Boolean)
  .map((place) => place.querySelector("[data-look], .leaf-verdict button, textarea, summary") || place);

function reveal(element) {
  const panel = element.closest(".govuk-tabs__panel");
  if (panel && panel.classList.contains("govuk-tabs__panel--hidden")) document.querySelector(`a.govuk-tabs__tab[href="#${panel.id}"]`)?.click();
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
}

function go(element) {
  if (!element) return;
  reveal(element);
  if (!element.matches("a, button, input, select, textarea, summary, [tabindex]")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}

function step(by) {
  const list = looks();
  if (!list.length) { go(document.getElementById("decide")); return; }
  const here = document.activeElement;
  const at = list.findIndex((one) => one === here || one.contains(here) || one.closest("[id]") === here.closest("[data-row], article"));
  const next = at >= 0 ? at + by : by > 0 ? list.findIndex((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) : list.length - 1;
  go(list[(Math.max(next, at < 0 ? 0 : next) + list.length) % list.length]);
}

function label(number) {
  const sentence = document.activeElement?.dataset?.sentence;
  if (!sentence) return false;
  const wanted = ["fact", "reported", "opinion"][number - 1];
  const button = document.querySelector(`#change-${sentence} button[name="label"][value="${wanted}"]`);
  if (button) button.click();
  return true;
}

const KEYS = {
  n: () => step(1),
  p: () => step(-1),
  y: () => document.activeElement.closest("[data-row]")?.querySelector("button.leaf-small")?.click(),
  c: () => document.activeElement.closest("[data-row]")?.querySelector(".leaf-state")?.click(),
  s: () => verdict("same"),
  x: () => verdict("not_same"),
  q: () => verdict("not_sure"),
  d: () => go(document.querySelector("#pathways input") || document.getElementById("decide")),
  u: () => document.getElementById("undo")?.click(),
  1: () => label(1), 2: () => label(2), 3: () => label(3),
  "?": () => { const keys = document.getElementById("keys"); keys.open = !keys.open; go(keys.querySelector("summary")); },
};

function verdict(says) {
  const form = document.activeElement.closest(".leaf-candidate")?.querySelector(".leaf-verdict");
  form?.querySelector(`button[value="${says}"]`)?.click();
}

document.addEventListener("keydown", (event) => {
  if (!page() || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const list = event.target.closest?.("[data-roving]");
  if (list && ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"].includes(event.key) && !event.target.matches("input, textarea, select")) {
    const stops = [...list.querySelectorAll(".leaf-state, a.label")];
    const at = stops.findIndex((one) => one === event.target || one.closest("[data-row]")?.contains(event.target));
    const next = stops[at + (event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
    return;
  }
  if (event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select") || event.target.isContentEditable) return;
  if (!setting.read()) return;
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});

document.addEventListener("change", (event) => {
  if (event.target.id === "keys-on") setting.write(event.target.checked);
});

// A link to a place that is folded away opens it.
document.addEventListener("click", (event) => {
  clearTimeout(waiting);
  const link = event.target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place || !page()) return;
  reveal(place.querySelector("[data-row], li, p") || place);
  if (link.dataset.key === "d") { event.preventDefault(); KEYS.d(); }
  const wanted = place.matches("[data-row]") ? place.querySelector(".leaf-state") : null;
  if (wanted) { event.preventDefault(); go(wanted); }
});

// The place of a value is lit as soon as focus comes to a value that needs a look, without moving focus away from it.
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest?.("[data-path]");
  clearTimeout(waiting);
  if (!mark || !window.htmx || !matchMedia("(min-width: 1100px)").matches) return;
  if (document.getElementById("source")?.dataset.shows === mark.dataset.path) return;
  waiting = setTimeout(() => {
    const path = encodeURIComponent(mark.dataset.path);
    window.htmx.ajax("GET", `/referral/${page().dataset.reference}/source?path=${path}`, { target: "#source", swap: "outerHTML", select: "#source" });
  }, 200);
});

// Drafts: what is typed is kept on the server a moment after every change, so that an ended session or a closed window loses nothing.
const timers = new WeakMap();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), 700));
});
async function keep(form) {
  if (!form.isConnected) return;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("act", form.dataset.draft);
  try {
    const answer = await fetch(`/referral/${page().dataset.reference}/draft`, { method: "POST", body: fields, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
  } catch {
    document.getElementById("said").textContent = "What you type is not being kept at the moment. Save it before you leave the page.";
  }
}
document.addEventListener("submit", (event) => clearTimeout(timers.get(event.target)));

document.body.addEventListener("htmx:afterSettle", arrange);
arrange();
const wanted = document.querySelector("#referral [data-focus]");
if (wanted && document.activeElement === document.body) go(wanted);
else if (location.hash) { const place = document.getElementById(location.hash.slice(1)); if (place) reveal(place); }
