/**
 * What the person said, by number: to be taken back, or answered anew.
 * @module
 */

import { button, byId, el, fill } from './dom.js';
import { attempt } from './notices.js';
import { saying } from './session.js';
import { counted, lineCount } from './words.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Said} Said */

/** Lines of a text that are shown. */
const SHOWN = 200;

/**
 * Show what was said and stands.
 * @param {Session} session
 */
export function showSaid(session) {
  const standing = session.events.filter((event) => event.stands);
  const latest = new Map(standing.map((event) => [event.id || event.number, event.number]));
  byId('said').hidden = session.events.length === 0;
  fill(byId('said'),
    el('h2', {}, 'What you said'),
    el('ol', { class: 'said' }, standing.map((event) => said(event, latest.get(event.id || event.number) !== event.number))),
    standing.length ? button('Take back the last', () => attempt(saying({ kind: 'undone' })), { id: 'undo' })
      : el('p', { class: 'quiet' }, 'Everything was taken back.'));
}

/**
 * @param {Said} event
 * @param {boolean} replaced A later answer to the same question holds.
 * @returns {HTMLElement}
 */
function said(event, replaced) {
  const back = button('Take back', () => attempt(saying({ kind: 'undone', number: event.number })),
    { class: 'plain', 'aria-label': `Take back number ${event.number}` });
  return el('li', { value: String(event.number), class: replaced ? 'replaced' : '' },
    event.kind === 'told' ? text(event.text)
      : el('p', {}, `${event.question} `, el('strong', {}, event.answer), replaced && ' (answered anew later)'),
    el('div', { class: 'row' }, !replaced && change(event), back));
}

/**
 * @param {string} told
 * @returns {HTMLElement}
 */
function text(told) {
  const lines = lineCount(told);
  if (lines === 1 && told.length < 200) return el('p', { class: 'quoted' }, told);
  return el('details', {}, el('summary', {}, `A text of ${counted(lines, 'line')}`),
    el('pre', { class: 'text', tabindex: '0' }, told.split('\n', SHOWN).join('\n')),
    lines > SHOWN && el('p', { class: 'quiet' }, `The first ${SHOWN} lines.`));
}

/**
 * @param {Said} event
 * @returns {HTMLElement | false}
 */
function change(event) {
  const others = event.choices.filter((choice) => choice.value !== event.value);
  if (!others.length) return false;
  const buttons = others.map((choice) => button(choice.label,
    () => attempt(saying({ kind: 'changed', number: event.number, value: choice.value }))));
  return el('details', { class: 'change' },
    el('summary', { 'aria-label': `Change number ${event.number}` }, 'Change'),
    el('div', { class: 'row', role: 'group', 'aria-label': `Other answers to number ${event.number}` }, buttons));
}
