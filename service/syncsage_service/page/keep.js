/**
 * What is taken along: the report, and how it turned out.
 * @module
 */

import { announce, button, byId, el, fill } from './dom.js';
import { attempt } from './notices.js';
import { copy, save } from './saving.js';
import { givingFeedback, report } from './session.js';

/** @typedef {import('./types.js').Session} Session */

/** @type {[string, string][]} */
const FORMATS = [['md', 'Markdown'], ['html', 'Page'], ['json', 'JSON']];
/** @type {[string, string][]} */
const OUTCOMES = [['fixed', 'It is fixed'], ['not_fixed', 'It is not fixed'], ['not_tried', 'Not tried']];

/** @type {string} The interview whose feedback form is shown, so that what is typed there stays. */
let shown = '';
let cause = '';

/**
 * Show what can be taken along.
 * @param {Session} session
 */
export function showKeep(session) {
  byId('keep').hidden = false;
  const tried = session.events.filter((event) => event.stands && event.id.startsWith('fix:')).at(-1)?.id.slice(4);
  cause = tried || session.step.causes[0]?.id || '';
  if (shown === session.id) return;
  shown = session.id;
  fill(byId('keep'), el('h2', {}, 'For the ticket'), reportView(session.id), feedbackView());
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function reportView(id) {
  const downloads = FORMATS.map(([format, name]) => button(name, () => attempt(async () => {
    save(await report(format), `report-${id.slice(0, 8)}.${format}`);
  }), { 'aria-label': `Save the report as ${name}` }));
  const copied = button('Copy', () => attempt(async () => {
    const done = await copy(await (await report('text')).text());
    announce(done ? 'The report is copied.' : 'The browser does not let this page copy.');
    copied.textContent = done ? 'Copied' : 'Not copied';
  }), { 'aria-label': 'Copy the report as text' });
  copied.addEventListener('blur', () => { copied.textContent = 'Copy'; });
  return el('div', {}, el('h3', {}, 'Report'),
    el('p', { class: 'quiet' }, 'Names of machines, people and networks are masked.'),
    el('div', { class: 'row' }, downloads, copied));
}

/** @returns {HTMLElement} */
function feedbackView() {
  const comment = el('textarea', { id: 'comment', rows: '2', maxlength: '4000' });
  const done = el('p', { role: 'status' });
  const buttons = OUTCOMES.map(([outcome, label]) => button(label, () => {
    const given = { outcome, cause, comment: /** @type {HTMLTextAreaElement} */ (comment).value };
    const send = givingFeedback(given);
    attempt(async () => {
      await send();
      /** @type {HTMLTextAreaElement} */ (comment).value = '';
      done.textContent = 'Thank you, it is noted.';
    });
  }));
  return el('details', {}, el('summary', {}, el('h3', {}, 'How did it turn out?')),
    el('label', { for: 'comment' }, 'A comment, if you like'), comment,
    el('div', { class: 'row', role: 'group', 'aria-label': 'How it turned out' }, buttons), done);
}
