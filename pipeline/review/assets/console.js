// The frame's behaviour: the design system's own, where focus goes after a part of the page is exchanged, and what is announced.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// Focus is not lost when htmx exchanges what holds it: it goes back to the element of the same id, or to the one the new part names.
let held = null;
document.body.addEventListener("htmx:beforeSwap", () => {
  held = document.activeElement && document.activeElement !== document.body ? document.activeElement.id : null;
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const wanted = part.querySelector?.("[data-focus]") || (part.matches?.("[data-focus]") ? part : null) || (held && document.getElementById(held)) || part;
  if (document.activeElement !== document.body && document.contains(document.activeElement) && !part.querySelector?.("[data-focus]")) return;
  if (!wanted.matches("a, button, input, select, textarea, [tabindex]")) wanted.tabIndex = -1;
  wanted.focus({ preventScroll: false });
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  const said = event.detail.elt.querySelector?.("[data-say]")?.dataset.say || event.detail.elt.dataset?.say;
  if (said) document.getElementById("said").textContent = said;
  initAll({ scope: event.detail.elt });
});

// A server's answer that is no part of the page (signed out, gone, refused) is shown whole, so that nothing fails in silence.
document.body.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr.responseText;
  const page = new DOMParser().parseFromString(answer, "text/html");
  const main = page.querySelector("main");
  if (!main) return;
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  const heading = main.querySelector("h1");
  if (heading) { heading.tabIndex = -1; heading.focus(); }
});
document.body.addEventListener("htmx:sendError", () => {
  document.getElementById("said").textContent = "The page could not reach the server. What you typed is still here; try again.";
});
