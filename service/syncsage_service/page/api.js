/**
 * Requests to the service: the API key, waiting where asked to, and errors that say what can be done.
 * @module
 */

import { recall, remember } from './storage.js';

/** How often a request that was told to wait is sent again. */
const PATIENCE = 5;

/** A request that did not come through. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 where the service was not reached.
   * @param {string} detail
   */
  constructor(status, detail) {
    super(detail);
    /** @type {number} */
    this.status = status;
  }

  /** Tell whether the same request may come through later. @returns {boolean} */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/**
 * What the page does in between; main.js fills it in.
 * @type {{askKey: (refused: boolean) => Promise<string>, wait: (seconds: number) => Promise<void>}}
 */
export const hooks = { askKey: async () => '', wait: async () => {} };

/**
 * @typedef {object} Asked
 * @property {unknown} [json] Body, as JSON.
 * @property {Blob | Uint8Array} [bytes] Body, as it is.
 * @property {string} [accept] Media type that is wanted.
 * @property {string} [etag] State of the session that was seen.
 * @property {string} [once] Key that lets the same request be sent twice without being done twice.
 */

/**
 * Send a request and return the response.
 * @param {string} method
 * @param {string} path Below the place of the page, such as `v1/kb`.
 * @param {Asked} [asked]
 * @returns {Promise<Response>}
 * @throws {ApiError} It did not come through.
 */
export async function send(method, path, asked = {}) {
  let refused = Boolean(recall('key'));
  for (let tries = 0; ; tries += 1) {
    const response = await reach(method, path, asked);
    if (response.ok) return response;
    const error = new ApiError(response.status, await detailOf(response));
    if (response.status === 401) {
      const key = await hooks.askKey(refused);
      if (!key) throw error;
      remember('key', key);
      refused = true;
    } else if (response.status === 429 && tries < PATIENCE) {
      await hooks.wait(secondsOf(response));
    } else {
      throw error;
    }
  }
}

/**
 * Return a key for a request that must not be done twice. `crypto.randomUUID` is missing on plain HTTP.
 * @returns {string}
 */
export function onceKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Asked} asked
 * @returns {Promise<Response>}
 */
async function reach(method, path, asked) {
  /** @type {Record<string, string>} */
  const headers = { Accept: asked.accept || 'application/json' };
  const key = recall('key');
  if (key) headers.Authorization = `Bearer ${key}`;
  if (asked.etag) headers['If-Match'] = asked.etag;
  if (asked.once) headers['Idempotency-Key'] = asked.once;
  /** @type {BodyInit | undefined} */
  let body;
  if (asked.bytes) {
    headers['Content-Type'] = 'application/octet-stream';
    body = /** @type {BodyInit} */ (asked.bytes);
  } else if (asked.json !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(asked.json);
  }
  try {
    return await fetch(path, { method, headers, body, cache: 'no-store' });
  } catch {
    throw new ApiError(0, 'The service does not answer.');
  }
}

/**
 * Return what a failed response says.
 * @param {Response} response
 * @returns {Promise<string>}
 */
async function detailOf(response) {
  try {
    const problem = await response.json();
    if (typeof problem.detail === 'string') return problem.detail;
  } catch {
    // Something between the page and the service answered: its status is all there is.
  }
  return `The service answered with ${response.status} ${response.statusText}`.trim();
}

/**
 * Return how long a response asks to wait.
 * @param {Response} response
 * @returns {number}
 */
function secondsOf(response) {
  const seconds = Number.parseInt(response.headers.get('Retry-After') || '', 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 600) : 10;
}
