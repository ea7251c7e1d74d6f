/**
 * What this browser tab remembers: the API key, and ticks of procedures. A browser that keeps nothing is fine.
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

/**
 * Return which steps of a procedure are ticked.
 * @param {string} session
 * @param {string} procedure
 * @returns {Set<number>}
 */
export function ticks(session, procedure) {
  const kept = recall(`ticks.${session}.${procedure}`);
  return new Set(kept ? kept.split(',').map(Number) : []);
}

/**
 * Remember whether a step of a procedure is ticked.
 * @param {string} session
 * @param {string} procedure
 * @param {number} step
 * @param {boolean} done
 */
export function tick(session, procedure, step, done) {
  const kept = ticks(session, procedure);
  if (done) kept.add(step);
  else kept.delete(step);
  remember(`ticks.${session}.${procedure}`, [...kept].sort((a, b) => a - b).join(','));
}
