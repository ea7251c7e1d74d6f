/**
 * Keys 1 to 9 and `?`: they answer what is asked. They can be switched off, and do nothing while something is typed.
 * @module
 */

import { byId } from './dom.js';
import { recall, remember } from './storage.js';

const FIELDS = 'input:not([type=checkbox]), textarea, select, dialog';

/** Make the keys work. */
export function listen() {
  const box = /** @type {HTMLInputElement} */ (byId('keys'));
  box.checked = recall('keys') !== 'off';
  box.addEventListener('change', () => remember('keys', box.checked ? '' : 'off'));
  document.addEventListener('keydown', (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(FIELDS)) return;
    if (!/^[1-9?]$/.test(event.key)) return;
    const wanted = byId('next').querySelector(`[data-key="${event.key}"]`);
    if (!(wanted instanceof HTMLElement)) return;
    event.preventDefault();
    wanted.click();
  });
}
