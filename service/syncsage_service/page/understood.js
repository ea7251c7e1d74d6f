/**
 * What was understood: said back in a sentence, with the lines that show it and how sure it is.
 * @module
 */

import { byId, el, fill, lazyFold } from './dom.js';
import { factsView } from './reasons.js';
import { explain } from './session.js';
import { LEVELS, place } from './words.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Step} Step */
/** @typedef {import('./types.js').Match} Match */

/** Problems shown. */
const SHOWN = 3;

/**
 * Show what was understood.
 * @param {Session} session
 */
export function showUnderstood(session) {
  const { step } = session;
  fill(byId('understood'),
    el('h2', {}, 'What I understood'),
    el('p', { class: 'lead' }, sentence(step)),
    evidence(step),
    others(step),
    step.advice.map((text) => el('p', {}, text)),
    lazyFold('What is known, and where from', async () => factsView(await explain('facts'))));
  byId('understood').hidden = false;
}

/**
 * Return what was understood in a sentence.
 * @param {Step} step
 * @returns {string}
 */
export function sentence(step) {
  const [best] = step.problems;
  if (step.next?.id === 'problem') return 'I am not sure what this is.';
  if (best) {
    const sure = best.by === 'picked' ? 'your choice' : LEVELS[best.level];
    return `${best.level === 'weak' && best.by !== 'picked' ? 'It may be' : 'Recognised'}: ${best.title} (${sure}).`;
  }
  return step.causes.length ? 'No known message stands in it, but it tells something.' : 'I do not recognise this.';
}

/**
 * @param {Step} step
 * @returns {HTMLElement | false}
 */
function evidence(step) {
  const [best] = step.problems;
  if (!best || !best.quote || step.next?.id === 'problem') return false;
  const where = place(best.where);
  return el('figure', {}, where && el('figcaption', { class: 'quiet' }, `In ${where} of the text`),
    el('pre', { class: 'text', tabindex: '0' }, best.quote));
}

/**
 * @param {Step} step
 * @returns {HTMLElement | false}
 */
function others(step) {
  const found = step.problems.length > 0;
  const list = (found ? step.problems.slice(1).filter(isSure) : step.nearest).slice(0, SHOWN);
  return list.length > 0 && el('p', { class: 'quiet' }, found ? 'Also: ' : 'The nearest things I know of: ',
    list.map((match) => (found ? `${match.title} (${LEVELS[match.level]})` : match.title)).join('; '));
}

/**
 * @param {Match} match
 * @returns {boolean}
 */
function isSure(match) {
  return match.level === 'exact' || match.level === 'strong';
}
