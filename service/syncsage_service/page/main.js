/**
 * The chat page: puts its parts together.
 * @module
 */

import './access.js';
import { ApiError, send } from './api.js';
import { leading, showCauses } from './causes.js';
import { announce, byId } from './dom.js';
import { listen as listenToKeys } from './keys.js';
import { showKeep } from './keep.js';
import { focusNext, showNext } from './next.js';
import { attempt, clear, isBusy, notify } from './notices.js';
import { showSaid } from './said.js';
import { current, leave, namedInAddress, onChange, resume } from './session.js';
import { listen as listenToText } from './tell.js';
import { hideTimeline } from './timeline.js';
import { sentence, showUnderstood } from './understood.js';

/** Parts that show an interview. */
const PARTS = ['understood', 'next', 'timeline', 'causes', 'said', 'keep'];

/** Introduce the subject in the words of the knowledge. */
async function introduce() {
  try {
    const kb = await (await send('GET', 'v1/kb')).json();
    byId('title').textContent = kb.title || 'SyncSage';
    document.title = kb.title ? `${kb.title} · SyncSage` : 'SyncSage';
    byId('greeting').textContent = kb.greeting || '';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/**
 * Show an interview as it stands.
 * @param {import('./types.js').Session} session
 */
function show(session) {
  byId('new').hidden = false;
  byId('tell-label').textContent = 'Tell more: an error, lines of a log, your own words';
  showUnderstood(session);
  showNext(session);
  showCauses(session);
  showSaid(session);
  showKeep(session);
  if (session.gone.length) {
    notify(`The knowledge has changed; these answers no longer count: ${session.gone.join(', ')}.`);
  } else if (session.answered_with && session.answered_with !== session.kb_version) {
    notify('The knowledge has changed since this interview began: causes and questions may differ.');
  }
}

/** Show the empty page. */
function reset() {
  for (const part of PARTS) byId(part).hidden = true;
  byId('new').hidden = true;
  byId('tell-label').textContent = 'What is wrong?';
  hideTimeline();
  clear();
  byId('text').focus();
}

onChange((session, turn) => {
  if (!session) {
    reset();
    return;
  }
  show(session);
  announce(turn?.kind === 'told' ? sentence(session.step) : leading(session));
  focusNext();
});
byId('new').addEventListener('click', () => {
  if (!isBusy()) leave();
});
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  if (current()) focusNext();
  else byId('text').focus();
});
window.addEventListener('hashchange', () => {
  const id = namedInAddress();
  if (id && id !== current()?.id) attempt(() => resume(id));
});

listenToKeys();
listenToText();
const named = namedInAddress();
// Not later: whoever is quick is answering already when the introduction comes.
if (!named) byId('text').focus();
await introduce();
if (named && !current()) await attempt(() => resume(named));
