// The little that all files need of the document. What is shown is text, never markup; nothing is touched that did not change.

export const find = id => document.getElementById(id);

/** An element with attributes (class, data-…, aria-…), properties (by function: listeners) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = tag === "svg" || tag === "path" || tag === "circle"
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (typeof value === "function")
      element.addEventListener(name, value);
    else if (value !== null && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  element.append(...children.filter(child => child !== null));
  return element;
}

export function put(element, text) {
  if (element.textContent !== text)
    element.textContent = text;
}

export function set(element, name, value) {
  if (value === null)
    element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value))
    element.setAttribute(name, value);
}

export function show(element, isShown) {
  if (element.hidden === isShown)
    element.hidden = !isShown;
}

/** Turns a choice to its next option, as if somebody had chosen it. */
export function nextOption(select) {
  select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
  select.dispatchEvent(new Event("change"));
}
