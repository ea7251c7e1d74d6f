/**
 * What it may come from: the causes with their standing, and the reasons of each on request.
 * @module
 */

import { byId, el, fill, lazyFold } from './dom.js';
import { howView, whyNotView } from './reasons.js';
import { explain } from './session.js';
import { percent } from './words.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Cause} Cause */

/**
 * Show the causes, folded as the person left them.
 * @param {Session} session
 */
export function showCauses(session) {
  const section = byId('causes');
  const { causes } = session.step;
  const left = causes.filter((cause) => cause.band !== 'ruled out');
  const out = causes.filter((cause) => cause.band === 'ruled out');
  const open = section.querySelector('details')?.hasAttribute('open') ?? false;
  section.hidden = causes.length === 0;
  const name = left[0]?.band === 'confirmed' ? 'What it comes from' : 'What it may come from';
  fill(section, el('details', { open },
    el('summary', {}, el('h2', {}, `${name} (${left.length})`)),
    left.length ? el('ol', { class: 'causes' }, left.map((cause, place) => causeView(cause, place === 0)))
      : el('p', {}, 'Every cause known is ruled out.'),
    out.length > 0 && el('details', {}, el('summary', {}, `Ruled out (${out.length})`),
      el('ul', { class: 'causes' }, out.map((cause) => causeView(cause, false))))));
}

/**
 * Return how the first cause stands, in a sentence; empty where there is none.
 * @param {Session} session
 * @returns {string}
 */
export function leading(session) {
  const first = session.step.causes.find((cause) => cause.band !== 'ruled out');
  return first ? `First among the causes: ${first.title} (${first.band}).` : '';
}

/**
 * @param {Cause} cause
 * @param {boolean} first
 * @returns {HTMLElement}
 */
function causeView(cause, first) {
  const out = cause.band === 'ruled out';
  const standing = out ? cause.band : `${cause.band}, ${percent(cause.probability)}`;
  const bar = el('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.setProperty('--share', String(out ? 0 : cause.probability));
  return el('li', {},
    el('p', { class: 'cause' }, el('span', {}, cause.title), ' ',
      el('span', { class: `band ${cause.band.replace(' ', '-')}` }, standing)),
    !out && bar,
    cause.healthy && el('p', { class: 'quiet' }, 'Nothing is broken if this is it.'),
    lazyFold(out ? 'What rules it out' : 'How it stands',
      async () => howView(await explain('how', { cause: cause.id }))),
    !first && !out && lazyFold('Why it is not the first',
      async () => whyNotView(await explain('whynot', { cause: cause.id }))));
}
