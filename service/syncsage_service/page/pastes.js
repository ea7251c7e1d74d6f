/**
 * Long pastes, folded to one line each until they are sent.
 * @module
 */

import { button, byId, el, fill } from './dom.js';
import { counted, lineCount } from './words.js';

/** Lines up to which a paste stays in the box. */
const SHORT = 10;
/** Lines that are shown of a folded paste. */
const SHOWN = 200;

/** @type {string[]} */
let pastes = [];

/** Return the folded pastes as one text. @returns {string} */
export function pasted() {
  return pastes.join('\n');
}

/** Forget the folded pastes. */
export function clearPastes() {
  pastes = [];
  show();
}

/**
 * Fold a paste if it is long.
 * @param {string} text
 * @returns {boolean} Whether it was folded.
 */
export function fold(text) {
  if (lineCount(text) <= SHORT) return false;
  pastes.push(text);
  show();
  return true;
}

function show() {
  fill(byId('pastes'), pastes.map((text, place) => {
    const name = `paste: ${counted(lineCount(text), 'line')}`;
    const first = text.split('\n', SHOWN).join('\n');
    const drop = button('Remove', () => {
      pastes.splice(place, 1);
      show();
      byId('text').focus();
    }, { class: 'plain', 'aria-label': `Remove ${name}` });
    return el('li', {},
      el('details', {}, el('summary', {}, `[${name}]`), el('pre', { class: 'text', tabindex: '0' }, first)), drop);
  }));
}
