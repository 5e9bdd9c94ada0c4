// Light and dark: as the system says, until somebody says otherwise. Canvases get the colours that the style sheet has.

const names = ["auto", "light", "dark"];
const root = document.documentElement;

export function nextTheme() {
  const next = names[(names.indexOf(root.dataset.theme ?? "auto") + 1) % names.length];
  keep(next);
  return `colours: ${next}`;
}

export const isDark = () => getComputedStyle(root).getPropertyValue("--is-dark").trim() === "1";

/** A colour of look.css by name, as a canvas takes it. */
export const colour = name => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

/** The root's font size in pixels, which everything on a page is a share of. */
export const rem = () => parseFloat(getComputedStyle(root).fontSize);

/** The page's font in this many pixels, as a canvas takes it. */
export const fontOf = pixels => `${pixels}px ${getComputedStyle(document.body).fontFamily}`;

/** @param changed called whenever the colours are others. */
export function watchTheme(changed) {
  keep(localStorage.getItem("theme") ?? "auto");
  new MutationObserver(changed).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}

function keep(theme) {
  root.dataset.theme = names.includes(theme) ? theme : "auto";
  localStorage.setItem("theme", root.dataset.theme);
}
