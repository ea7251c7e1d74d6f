/**
 * The interview that the page shows: begun, gone on with, read again; its id stands in the address.
 * @module
 */

import { onceKey, send } from './api.js';

/** @typedef {import('./types.js').Session} Session */
/** @typedef {{kind: string, text?: string, id?: string, value?: string, reason?: string, number?: number}} Turn */

const FRAGMENT = /^#s=([\w-]{1,64})$/;

/** @type {{session: Session | null, etag: string}} */
const state = { session: null, etag: '' };
/** @type {((session: Session | null, turn: Turn | null) => void)[]} */
const listeners = [];

/** Return the interview, null before it begins. @returns {Session | null} */
export function current() {
  return state.session;
}

/**
 * Call back whenever the interview has changed, with what was said.
 * @param {(session: Session | null, turn: Turn | null) => void} listener
 */
export function onChange(listener) {
  listeners.push(listener);
}

/** Return the id that the address names, empty for none. @returns {string} */
export function namedInAddress() {
  return FRAGMENT.exec(location.hash)?.[1] || '';
}

/**
 * Return what says `turn`; called again, it is the same request, which is done only once.
 * @param {Turn} turn
 * @returns {() => Promise<void>}
 */
export function saying(turn) {
  const once = onceKey();
  const [session, etag] = [state.session, state.etag];
  if (!session) {
    return async () => take(await send('POST', 'v1/sessions', { json: { text: turn.text || '' }, once }), turn);
  }
  const path = `v1/sessions/${session.id}/turns`;
  return async () => take(await send('POST', path, { json: turn, etag, once }), turn);
}

/**
 * Return what ticks a step off. What is asked stays as it is, so nobody is told of it.
 * @param {Turn} turn
 * @returns {() => Promise<void>}
 */
export function ticking(turn) {
  const once = onceKey();
  const [session, etag] = [state.session, state.etag];
  const path = `v1/sessions/${session?.id}/turns`;
  return async () => void (await hold(await send('POST', path, { json: turn, etag, once })));
}

/**
 * Read an interview.
 * @param {string} id
 */
export async function resume(id) {
  await take(await send('GET', `v1/sessions/${encodeURIComponent(id)}`), null);
}

/** Leave the interview; it is kept. */
export function leave() {
  state.session = null;
  state.etag = '';
  history.replaceState(null, '', location.pathname + location.search);
  tellListeners(null);
}

/**
 * Ask for an explanation of where the interview stands.
 * @param {string} what
 * @param {Record<string, string>} [parameters]
 * @returns {Promise<any>}
 */
export async function explain(what, parameters = {}) {
  const query = new URLSearchParams({ what, ...parameters });
  return (await send('GET', `v1/sessions/${state.session?.id}/explain?${query}`)).json();
}

/**
 * Fetch the report.
 * @param {string} format
 * @returns {Promise<Blob>}
 */
export async function report(format) {
  return (await send('GET', `v1/sessions/${state.session?.id}/report?format=${format}`, { accept: '*/*' })).blob();
}

/**
 * Return what says how it turned out.
 * @param {{outcome: string, cause: string, comment: string}} given
 * @returns {() => Promise<void>}
 */
export function givingFeedback(given) {
  const once = onceKey();
  const path = `v1/sessions/${state.session?.id}/feedback`;
  return async () => void (await send('POST', path, { json: given, once }));
}

/**
 * @param {Response} response
 * @returns {Promise<Session>}
 */
async function hold(response) {
  /** @type {Session} */
  const session = await response.json();
  state.session = session;
  state.etag = response.headers.get('ETag') || `"${session.version}"`;
  return session;
}

/**
 * @param {Response} response
 * @param {Turn | null} turn
 */
async function take(response, turn) {
  const session = await hold(response);
  if (namedInAddress() !== session.id) history.replaceState(null, '', `#s=${session.id}`);
  tellListeners(turn);
}

/** @param {Turn | null} turn */
function tellListeners(turn) {
  for (const listener of listeners) listener(state.session, turn);
}
