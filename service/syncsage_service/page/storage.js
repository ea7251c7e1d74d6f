/**
 * What this browser tab remembers: the API key. A browser that keeps nothing is fine.
 * @module
 */

/**
 * Return a remembered value, empty where there is none.
 * @param {string} name
 * @returns {string}
 */
export function recall(name) {
  try {
    return sessionStorage.getItem(`syncsage.${name}`) || '';
  } catch {
    return '';
  }
}

/**
 * Remember a value; the empty one forgets it.
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    if (value) sessionStorage.setItem(`syncsage.${name}`, value);
    else sessionStorage.removeItem(`syncsage.${name}`);
  } catch {
    // Storage is switched off: it holds until the page is left.
  }
}
