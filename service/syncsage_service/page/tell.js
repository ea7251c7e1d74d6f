/**
 * The box to write, paste and drop into.
 * @module
 */

import { send } from './api.js';
import { announce, byId } from './dom.js';
import { decode, lastPart } from './files.js';
import { attempt, notify } from './notices.js';
import { clearPastes, fold, pasted } from './pastes.js';
import { saying } from './session.js';
import { showTimeline } from './timeline.js';

/** @returns {HTMLTextAreaElement} */
const box = () => /** @type {HTMLTextAreaElement} */ (byId('text'));

/** Make the box work. */
export function listen() {
  byId('tell-form').addEventListener('submit', (event) => {
    event.preventDefault();
    tell();
  });
  box().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    tell();
  });
  box().addEventListener('paste', (event) => {
    if (fold(event.clipboardData?.getData('text/plain') || '')) event.preventDefault();
  });
  const picker = /** @type {HTMLInputElement} */ (byId('file'));
  byId('choose').addEventListener('click', () => picker.click());
  picker.addEventListener('change', async () => {
    await take([...(picker.files || [])]);
    picker.value = '';
  });
  listenToDrops();
}

/** Say what stands in the box; it stays there until it has come through. */
async function tell() {
  const typed = box().value;
  const text = [typed, pasted()].filter((part) => part.trim()).join('\n');
  if (!text) {
    box().focus();
    return;
  }
  const say = saying({ kind: 'told', text });
  await attempt(async () => {
    await say();
    if (box().value === typed) box().value = '';
    clearPastes();
  });
}

function listenToDrops() {
  const files = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
  document.addEventListener('dragover', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    document.body.classList.add('dragging');
  });
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) document.body.classList.remove('dragging');
  });
  document.addEventListener('drop', (event) => {
    document.body.classList.remove('dragging');
    if (!files(event)) return;
    event.preventDefault();
    take([...(event.dataTransfer?.files || [])]);
  });
}

/**
 * Read files one after the other: each as a timeline, and into the interview.
 * @param {File[]} files
 */
async function take(files) {
  /** @type {(() => Promise<void>)[]} */
  const left = [];
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!bytes.length) {
      notify(`${file.name} is empty.`);
      return;
    }
    left.push(reading(file.name, bytes));
  }
  await attempt(async () => {
    while (left.length) {
      await left[0]();
      left.shift();
    }
  });
}

/**
 * Return what reads a file; called again, it goes on where it was interrupted.
 * @param {string} name
 * @param {Uint8Array} bytes
 * @returns {() => Promise<void>}
 */
function reading(name, bytes) {
  const text = decode(bytes);
  const part = lastPart(text);
  let tracked = false;
  /** @type {(() => Promise<void>) | null} */
  let say = null;
  return async () => {
    announce(`Reading ${name}.`);
    if (!tracked) {
      const track = await (await send('POST', 'v1/track', { bytes })).json();
      showTimeline(name, track, bytes);
      tracked = true;
    }
    say ??= saying({ kind: 'told', text: part });
    await say();
    if (part !== text) notify(`${name} is very long: the interview goes by its last part, the timeline by all of it.`);
  };
}
