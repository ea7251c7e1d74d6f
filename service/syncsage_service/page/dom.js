/**
 * Elements without markup: every text goes in as text, so nothing that was pasted can become an element or code.
 * @module
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Return a new element.
 * @param {string} tag
 * @param {Record<string, string | boolean | EventListener>} [attributes] `onclick` and the like take a function; true
 *   sets an attribute without a value, false and the empty class leave it out.
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false && !(name === 'class' && value === '')) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  fill(element, ...children);
  return element;
}

/**
 * Put children into an element in place of what it has.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  const kept = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  element.replaceChildren(...kept.map((child) => (child instanceof Node ? child : String(child))));
}

/**
 * Return an element of the page by its id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Return a button.
 * @param {string} label
 * @param {() => void} action
 * @param {Record<string, string | boolean>} [attributes]
 * @returns {HTMLElement}
 */
export function button(label, action, attributes = {}) {
  return el('button', { type: 'button', ...attributes, onclick: action }, label);
}

/**
 * Return a fold whose content is fetched when it is first opened; a failure can be tried again.
 * @param {string} summary
 * @param {() => Promise<Child[]>} load
 * @returns {HTMLElement}
 */
export function lazyFold(summary, load) {
  const content = el('div', { class: 'fold', 'aria-live': 'polite' });
  const fetchIt = async () => {
    fill(content, el('p', { class: 'quiet' }, 'One moment …'));
    try {
      fill(content, await load());
      fold.dataset.loaded = 'yes';
    } catch (error) {
      fill(content, el('p', {}, error instanceof Error ? error.message : 'That did not work.'), button('Try again', fetchIt));
    }
  };
  const fold = el('details', { ontoggle: () => fold.hasAttribute('open') && !fold.dataset.loaded && fetchIt() },
    el('summary', {}, summary), content);
  return fold;
}

/**
 * Return a list of terms, without those that say nothing.
 * @param {[string, Child][]} pairs
 * @returns {HTMLElement | null}
 */
export function terms(pairs) {
  const said = pairs.filter(([, text]) => text);
  return said.length ? el('dl', { class: 'pairs' }, said.flatMap(([name, text]) => [el('dt', {}, name), el('dd', {}, text)])) : null;
}

/**
 * Say something to people who listen to the page.
 * @param {string} text
 */
export function announce(text) {
  byId('live').textContent = text;
}
