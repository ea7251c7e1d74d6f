/**
 * The one thing to do next: a question, a check, a fix, a word of consent, or how it ends.
 * @module
 */

import { button, byId, el, fill, lazyFold, terms } from './dom.js';
import { attempt } from './notices.js';
import { command, procedureView } from './procedure.js';
import { whyView } from './reasons.js';
import { explain, saying } from './session.js';
import { ENDINGS, NOT_KNOWN, REMEDIES, effort } from './words.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {import('./types.js').Next} Next */
/** @typedef {import('./dom.js').Child} Child */

/**
 * Show what comes next.
 * @param {Session} session
 */
export function showNext(session) {
  const { next } = session.step;
  fill(byId('next'),
    next === null ? ending(session) : next.kind === 'fix' ? fix(session, next) : question(session, next),
    collectView(session));
  byId('next').hidden = false;
}

/** Move the focus to what comes next. */
export function focusNext() {
  byId('next').querySelector('h2')?.focus({ preventScroll: true });
  byId('next').scrollIntoView({ block: 'nearest' });
}

/**
 * @param {string} above
 * @param {string} text
 * @returns {HTMLElement[]}
 */
function title(above, text) {
  return [el('p', { class: 'eyebrow' }, above), el('h2', { tabindex: '-1', id: 'next-title' }, text)];
}

/**
 * @param {Session} session
 * @param {Next} next
 * @returns {Child[]}
 */
function question(session, next) {
  const above = [kindOf(session, next), effort(next)].filter(Boolean).join(' · ');
  return [
    ...title(above, next.text),
    next.kind === 'consent' && next.rationale && el('p', {}, next.rationale),
    next.help && el('p', { class: 'help' }, next.help),
    command(next.command),
    next.command && terms([['Good:', next.good], ['Bad:', next.bad]]),
    answers(next),
    next.procedure && el('details', {}, el('summary', {}, 'How to find out, step by step'),
      procedureView(next.procedure, next.procedure.title, { id: next.id, first: 1 })),
    next.kind !== 'consent' && why('Why this question?'),
  ];
}

/**
 * Return what kind of question it is.
 * @param {Session} session
 * @param {Next} next
 * @returns {string}
 */
function kindOf(session, next) {
  if (next.id.startsWith('conflict:')) return 'Two statements do not fit';
  return next.kind === 'consent' ? 'Before the fix' : `Question ${session.step.asked + 1}`;
}

/**
 * @param {Next} next
 * @returns {HTMLElement}
 */
function answers(next) {
  const choices = next.choices.filter((choice) => !(next.paste && choice.value === 'pasted'));
  const list = choices.map((choice, place) => answer(String(place + 1), choice.label, next.id, choice.value));
  const paste = next.paste && button('Paste it into the box below', () => byId('text').focus(), { class: 'answer' });
  const group = el('div', { class: 'answers', role: 'group', 'aria-labelledby': 'next-title' }, paste, list);
  if (next.kind !== 'consent') group.append(notKnown(next.id));
  return group;
}

/**
 * Return an answer with its key.
 * @param {string} key
 * @param {string} label
 * @param {string} id
 * @param {string} value
 * @returns {HTMLElement}
 */
function answer(key, label, id, value) {
  const shortcut = key.length === 1 ? { 'data-key': key, 'aria-keyshortcuts': key } : {};
  const made = button('', () => attempt(saying({ kind: 'answered', id, value })), { class: 'answer', ...shortcut });
  fill(made, el('kbd', { 'aria-hidden': 'true' }, key), el('span', {}, label));
  return made;
}

/**
 * Return the ways of not knowing, folded.
 * @param {string} id
 * @returns {HTMLElement}
 */
function notKnown(id) {
  const reasons = NOT_KNOWN.map(([reason, label]) => button(label,
    () => attempt(saying({ kind: 'answered', id, value: 'unknown', reason }))));
  const fold = el('details', { class: 'unknown' },
    el('summary', { class: 'answer', 'data-key': '?', 'aria-keyshortcuts': '?' },
      el('kbd', { 'aria-hidden': 'true' }, '?'), el('span', {}, 'I cannot answer this')),
    el('div', { class: 'row', role: 'group', 'aria-label': 'Why not' }, reasons));
  fold.addEventListener('toggle', () => fold.hasAttribute('open') && reasons[0].focus());
  return fold;
}

/**
 * @param {Session} session
 * @param {Next} next
 * @returns {Child[]}
 */
function fix(session, next) {
  const kind = session.step.stop_reason === 'healthy' ? 'Nothing is broken' : 'Fix to try';
  const above = [kind, effort(next.procedure || next)].filter(Boolean).join(' · ');
  const choices = [['worked', 'Yes, it worked'], ['failed', 'No, it did not']];
  return [
    ...title(above, next.text),
    next.rationale && el('p', {}, next.rationale),
    next.help && el('p', { class: 'help' }, next.help),
    next.procedure && procedureView(next.procedure, '', { id: next.id, first: 1 }),
    next.verify && procedureView(next.verify, `Then verify: ${next.verify.title}`,
      { id: next.id, first: 1 + (next.procedure?.steps.length || 0) }),
    el('h3', { id: 'worked' }, 'Did it work?'),
    el('div', { class: 'answers', role: 'group', 'aria-labelledby': 'worked' },
      choices.map(([value, label], place) => answer(String(place + 1), label, next.id, value))),
    el('p', { class: 'quiet' }, 'Not tried yet? The address of this page leads back here.'),
    why('Why this fix?'),
  ];
}

/**
 * @param {Session} session
 * @returns {Child[]}
 */
function ending(session) {
  const reason = session.step.stop_reason || '';
  return [
    ...title(reason === 'resolved' ? 'Done' : 'No more questions', ENDINGS[reason] || 'Nothing more to ask.'),
    el('p', {}, REMEDIES[reason] || ''),
    session.step.procedures.map((procedure) => procedureView(procedure, procedure.title, null)),
    why('Why does it end here?'),
  ];
}

/**
 * @param {Session} session
 * @returns {HTMLElement | false}
 */
function collectView(session) {
  const items = session.step.to_collect;
  return items.length > 0 && el('section', {}, el('h3', {}, 'To look up when you can'),
    el('ul', {}, items.map((item) => el('li', {}, `${item.text} ${item.help}`.trim(), command(item.command)))));
}

/**
 * @param {string} summary
 * @returns {HTMLElement}
 */
function why(summary) {
  return lazyFold(summary, async () => whyView(await explain('why')));
}
