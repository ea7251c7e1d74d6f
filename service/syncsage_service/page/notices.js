/**
 * One thing at a time is sent; what goes wrong is said above the interview, with what can be done about it.
 * @module
 */

import { ApiError, hooks } from './api.js';
import { button, byId, el, fill } from './dom.js';
import { current, leave, resume } from './session.js';
import { counted } from './words.js';

let busy = false;

/** Tell whether a request is under way. @returns {boolean} */
export function isBusy() {
  return busy;
}

/**
 * Do something that sends requests; say what went wrong, and offer what helps. Nothing is begun while something runs.
 * @param {() => Promise<void>} action Called again, it must be the same request.
 * @returns {Promise<boolean>} Whether it came through.
 */
export async function attempt(action) {
  if (busy) return false;
  setBusy(true);
  clear();
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    await explainError(error, action);
    return false;
  } finally {
    setBusy(false);
  }
}

/**
 * Show a notice.
 * @param {string} text
 * @param {...HTMLElement} actions
 */
export function notify(text, ...actions) {
  const close = button('Close', clear, { class: 'plain' });
  fill(byId('notice'), el('p', {}, text), el('div', { class: 'row' }, ...actions, close));
  byId('notice').hidden = false;
}

/** Take the notice away. */
export function clear() {
  byId('notice').hidden = true;
  fill(byId('notice'));
}

/** Count down while a request has to wait. */
hooks.wait = async (seconds) => {
  for (let left = seconds; left > 0; left -= 1) {
    notify(`Many requests were made: this goes on by itself in ${counted(left, 'second')}.`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  clear();
};

/** @param {boolean} now */
function setBusy(now) {
  busy = now;
  byId('main').setAttribute('aria-busy', String(now));
}

/**
 * @param {ApiError} error
 * @param {() => Promise<void>} action
 */
async function explainError(error, action) {
  const session = current();
  const again = button('Try again', () => attempt(action), { class: 'primary' });
  if (session && error.status === 412) {
    await readAgain(session.id);
  } else if (error.status === 404 || error.status === 410) {
    notify('There is no such interview, or no longer.', button('New interview', leave, { class: 'primary' }));
  } else if (error.status === 401) {
    notify('This service wants an API key.', button('Enter a key', () => attempt(action), { class: 'primary' }));
  } else if (error.status === 413) {
    notify('That is more than this service takes at once. Send the part in which it goes wrong: often the last lines.');
  } else if (error.passing || error.status === 409) {
    notify(`${sentence(error.message)} What you entered is still here.`, again);
  } else {
    notify(sentence(error.message));
  }
}

/**
 * Read an interview that somebody else went on with.
 * @param {string} id
 */
async function readAgain(id) {
  try {
    await resume(id);
    notify('Somebody else went on with this interview. This is how it stands now; your last entry was not taken.');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    notify('Somebody else went on with this interview, and it cannot be read now.',
      button('Read it again', () => attempt(() => resume(id)), { class: 'primary' }));
  }
}

/**
 * @param {string} text
 * @returns {string}
 */
function sentence(text) {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
