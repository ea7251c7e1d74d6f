/**
 * A procedure: numbered steps to tick off, what to type, what to expect. Ticks stay with the interview in this tab.
 * @module
 */

import { el } from './dom.js';
import { copyButton } from './saving.js';
import { tick, ticks } from './storage.js';
import { counted, effort } from './words.js';

/** @typedef {import('./types.js').Procedure} Procedure */
/** @typedef {import('./types.js').Instruction} Instruction */

/**
 * Return a line to copy.
 * @param {string} line
 * @returns {HTMLElement | null}
 */
export function command(line) {
  if (!line) return null;
  const code = el('code', { tabindex: '0' }, line);
  return el('div', { class: 'command' }, el('pre', {}, code), copyButton(line, 'the command'));
}

/**
 * Return a procedure.
 * @param {Procedure} procedure
 * @param {string} title Its title; empty where what stands above it has said title and effort.
 * @param {string} session Id of the interview.
 * @returns {HTMLElement}
 */
export function procedureView(procedure, title, session) {
  const about = title && effort(procedure);
  return el('section', { class: 'procedure' },
    title && el('h3', {}, title),
    about && el('p', { class: 'quiet' }, about),
    tickList(procedure, session),
    procedure.notes.map((note) => el('p', { class: 'note' }, note)),
    procedure.undo && el('p', {}, el('strong', {}, 'To undo it: '), procedure.undo),
    procedure.others.map((other) => el('details', {}, el('summary', {}, other.title),
      el('ol', { class: 'plain-steps' }, other.steps.map((step) => el('li', {}, instruction(step, 'span')))))),
    procedure.sources.length > 0 && el('details', {}, el('summary', {}, 'Where this comes from'),
      el('ul', {}, procedure.sources.map((source) => el('li', {}, source)))));
}

/**
 * @param {Procedure} procedure
 * @param {string} session
 * @returns {HTMLElement}
 */
function tickList(procedure, session) {
  const done = ticks(session, procedure.id);
  const progress = el('p', { class: 'quiet', 'aria-live': 'polite' });
  const tell = () => {
    progress.textContent = done.size ? `${done.size} of ${counted(procedure.steps.length, 'step')} done` : '';
  };
  tell();
  const items = procedure.steps.map((step, place) => {
    const box = el('input', { type: 'checkbox', checked: done.has(place) });
    box.addEventListener('change', () => {
      const ticked = /** @type {HTMLInputElement} */ (box).checked;
      tick(session, procedure.id, place, ticked);
      if (ticked) done.add(place);
      else done.delete(place);
      tell();
    });
    return el('li', {}, instruction(step, 'label', box));
  });
  return el('div', {}, el('ol', { class: 'steps' }, items), progress);
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
