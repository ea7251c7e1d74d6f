/**
 * What a log says: its runs, the steps of each, where one failed and which lines show it. Tables, not only a picture.
 * @module
 */

import { send } from './api.js';
import { button, byId, el, fill, terms } from './dom.js';
import { attempt } from './notices.js';
import { save } from './saving.js';
import { OUTCOMES, counted, duration } from './words.js';

/**
 * @typedef {{prefix: string | null, exceptions: string[], codes: string[], source: string | null}} Signature
 * @typedef {{line: number, text: string, file: string}} Quote
 * @typedef {{id: string, name: string, started: string | null, seconds: number | null, lines: [number, number]}} RunStep
 * @typedef {{outcome: string, started: string | null, started_local: string | null, failing_step: string | null,
 *   waiting: boolean, percent: number | null, steps: RunStep[], signature: Signature, quotes: Quote[], notes: string[],
 *   update_failures: number, next_log: string}} Run
 * @typedef {{verdict: string, runs: Run[], signature: Signature, quotes: Quote[], records: number, notes: string[]}} Track
 */

/** Runs that are shown; the latest say most. */
const SHOWN = 20;

/**
 * Show the timeline of a log.
 * @param {string} name
 * @param {Track} track
 * @param {Uint8Array} bytes The log, to have its drawing made.
 */
export function showTimeline(name, track, bytes) {
  const runs = track.runs.map((run, place) => runView(run, place + 1)).slice(-SHOWN).reverse();
  const section = byId('timeline');
  fill(section,
    el('div', { class: 'head' }, el('h2', { id: 'timeline-title' }, `Timeline of ${name}`),
      button('Close', () => { section.hidden = true; }, { class: 'plain', 'aria-label': 'Close the timeline' })),
    el('p', {}, headline(track)),
    track.notes.map((note) => el('p', { class: 'quiet' }, note)),
    runs.length ? runs : findings(track.quotes, track.signature),
    button('Save as a page with a drawing', () => attempt(drawing(name, bytes))));
  const latest = section.querySelector('details');
  if (latest) latest.setAttribute('open', '');
  section.hidden = false;
}

/** Take the timeline away. */
export function hideTimeline() {
  byId('timeline').hidden = true;
}

/**
 * @param {Track} track
 * @returns {string}
 */
function headline(track) {
  const runs = track.runs.length ? counted(track.runs.length, 'run') : 'no run is visible';
  const cut = track.runs.length > SHOWN ? `, the last ${SHOWN} shown` : '';
  return `${counted(track.records, 'record')}, ${runs}${cut}. As a whole: ${OUTCOMES[track.verdict]}.`;
}

/**
 * @param {Run} run
 * @param {number} number
 * @returns {HTMLElement}
 */
function runView(run, number) {
  const standing = run.waiting ? 'waiting' : OUTCOMES[run.outcome];
  const began = time(run.started || run.started_local);
  return el('details', { class: `run ${run.outcome}` },
    el('summary', {}, el('h3', {}, `Run ${number}: ${standing}`), began && el('span', { class: 'quiet' }, began)),
    el('p', {}, verdict(run)),
    run.steps.length > 0 && steps(run),
    findings(run.quotes, run.signature),
    terms([['Beside it', run.update_failures ? `${counted(run.update_failures, 'item')} failed without ending it` : ''],
      ['Open next', run.next_log]]),
    run.notes.map((note) => el('p', { class: 'quiet' }, note)));
}

/**
 * @param {Run} run
 * @returns {string}
 */
function verdict(run) {
  if (run.outcome === 'success') return 'It succeeded.';
  const failing = run.steps.find((step) => step.id === run.failing_step);
  const last = run.steps.at(-1);
  if (run.outcome === 'failure') {
    return failing ? `It failed in “${failing.name}”.` : 'It failed; the log does not show in which step.';
  }
  const far = run.percent === null ? '' : `, ${run.percent}\u00a0% done`;
  if (run.waiting) return `Nothing is wrong so far: it waits${last ? ` in “${last.name}”` : ''}${far}.`;
  return `The end is not shown; ${last ? `the last step seen is “${last.name}”` : 'no step is seen'}${far}.`;
}

/**
 * @param {Run} run
 * @returns {HTMLElement}
 */
function steps(run) {
  const longest = Math.max(...run.steps.map((step) => step.seconds || 0));
  const rows = run.steps.map((step, place) => {
    const failed = step.id === run.failing_step;
    const bar = longest > 0 && step.seconds !== null
      && el('span', { class: failed ? 'bar failed' : 'bar', 'aria-hidden': 'true' });
    if (bar) bar.style.setProperty('--share', String((step.seconds || 0) / longest));
    return el('tr', failed ? { class: 'failed' } : {},
      el('th', { scope: 'row' }, `${place + 1}. ${step.name}`, failed && el('strong', {}, ' · failed here')),
      el('td', {}, time(step.started)), el('td', {}, duration(step.seconds), bar),
      el('td', {}, [...new Set(step.lines)].join(' to ')));
  });
  return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Steps of this run' }, el('table', {},
    el('thead', {}, el('tr', {}, ['Step', 'Began', 'Took', 'Lines'].map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, rows)));
}

/**
 * @param {Quote[]} quotes
 * @param {Signature} signature
 * @returns {HTMLElement[]}
 */
function findings(quotes, signature) {
  const marks = [signature.prefix, ...signature.exceptions, ...signature.codes, signature.source].filter(Boolean);
  const lines = quotes.map((quote) => el('li', {},
    el('span', { class: 'quiet' }, quote.file ? `${quote.file}, line ${quote.line}` : `Line ${quote.line}`),
    el('pre', { class: 'text' }, quote.text)));
  return [lines.length ? el('ul', { class: 'quotes' }, lines) : null, terms([['Marks of the failure', marks.join(' · ')]])]
    .filter((part) => part !== null);
}

/**
 * Return date and time as the log has them: in UTC where it says so.
 * @param {string | null} iso
 * @returns {string}
 */
function time(iso) {
  if (!iso) return '';
  const zone = /(?:Z|\+00:00)$/.test(iso) ? ' UTC' : '';
  return iso.slice(0, 19).replace('T', ' ') + zone;
}

/**
 * @param {string} name
 * @param {Uint8Array} bytes
 * @returns {() => Promise<void>}
 */
function drawing(name, bytes) {
  return async () => {
    const page = await send('POST', 'v1/track', { bytes, accept: 'text/html' });
    save(await page.blob(), `timeline of ${name}.html`);
  };
}
