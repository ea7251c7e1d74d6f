/**
 * A procedure: numbered steps to tick off, what to type, what to expect. Ticks are kept with the interview.
 * @module
 */

import { el } from './dom.js';
import { attempt } from './notices.js';
import { copyButton } from './saving.js';
import { current, ticking } from './session.js';
import { counted, effort } from './words.js';

/** @typedef {import('./types.js').Procedure} Procedure */
/** @typedef {import('./types.js').Instruction} Instruction */
/** @typedef {{id: string, first: number}} Place What it belongs to, and the number of its first step there. */

/**
 * Return a line to copy.
 * @param {string} line
 * @returns {HTMLElement | null}
 */
export function command(line) {
  if (!line) return null;
  const code = el('code', {}, line);
  return el('div', { class: 'command' }, el('pre', {}, code), copyButton(line, 'the command'));
}

/**
 * Return a procedure.
 * @param {Procedure} procedure
 * @param {string} title Its title; empty where what stands above it has said title and effort.
 * @param {Place | null} place Where its steps are ticked off; null where they are only shown.
 * @returns {HTMLElement}
 */
export function procedureView(procedure, title, place) {
  const about = title && effort(procedure);
  return el('section', { class: 'procedure' },
    title && el('h3', {}, title),
    about && el('p', { class: 'quiet' }, about),
    place ? tickList(procedure, place)
      : el('ol', { class: 'plain-steps' }, procedure.steps.map((step) => el('li', {}, instruction(step, 'span')))),
    procedure.notes.map((note) => el('p', { class: 'note' }, note)),
    procedure.undo && el('p', {}, el('strong', {}, 'To undo it: '), procedure.undo),
    procedure.others.map((other) => el('details', {}, el('summary', {}, other.title),
      el('ol', { class: 'plain-steps' }, other.steps.map((step) => el('li', {}, instruction(step, 'span')))))),
    procedure.sources.length > 0 && el('details', {}, el('summary', {}, 'Where this comes from'),
      el('ul', {}, procedure.sources.map((source) => el('li', {}, source)))));
}

/**
 * @param {Procedure} procedure
 * @param {Place} place
 * @returns {HTMLElement}
 */
function tickList(procedure, place) {
  const numbers = procedure.steps.map((_, index) => place.first + index);
  const progress = el('p', { class: 'quiet', 'aria-live': 'polite' });
  const tell = () => {
    const done = numbers.filter(isDone).length;
    progress.textContent = done ? `${done} of ${counted(numbers.length, 'step')} done` : '';
  };
  const isDone = (/** @type {number} */ step) => Boolean(current()?.ticks
    .some((tick) => tick.id === place.id && tick.step === step && tick.mark === 'done'));
  const items = procedure.steps.map((step, index) => {
    const box = /** @type {HTMLInputElement} */ (el('input', { type: 'checkbox', checked: isDone(numbers[index]) }));
    box.addEventListener('change', async () => {
      const value = box.checked ? 'done' : 'undone';
      await attempt(ticking({ kind: 'ticked', id: place.id, number: numbers[index], value }));
      box.checked = isDone(numbers[index]);
      tell();
    });
    return el('li', {}, instruction(step, 'label', box));
  });
  tell();
  const list = /** @type {HTMLOListElement} */ (el('ol', { class: 'steps' }, items));
  list.start = place.first;
  list.style.counterReset = `step ${place.first - 1}`;
  return el('div', {}, list, progress);
}

/**
 * @param {Instruction} step
 * @param {string} tag Element of what to do.
 * @param {HTMLElement} [box]
 * @returns {(HTMLElement | null)[]}
 */
function instruction(step, tag, box) {
  return [el(tag, { class: 'do' }, box, el('span', {}, step.do)), command(step.command),
    step.expect ? el('p', { class: 'expect' }, `Expect: ${step.expect}`) : null];
}
