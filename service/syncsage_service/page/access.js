/**
 * The dialog that asks for an API key, where the service wants one.
 * @module
 */

import { hooks } from './api.js';
import { byId } from './dom.js';

/** Ask for the key; an empty one says that the person does not want to. */
hooks.askKey = (refused) => new Promise((resolve) => {
  const dialog = /** @type {HTMLDialogElement} */ (byId('access'));
  const field = /** @type {HTMLInputElement} */ (byId('key'));
  const form = byId('access-form');
  byId('key-refused').hidden = !refused;
  field.value = '';
  let key = '';
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    key = field.value.trim();
    if (key) dialog.close();
  };
  const cancel = () => dialog.close();
  form.addEventListener('submit', submit);
  byId('key-cancel').addEventListener('click', cancel, { once: true });
  dialog.addEventListener('close', () => {
    form.removeEventListener('submit', submit);
    field.value = '';
    resolve(key);
  }, { once: true });
  dialog.showModal();
  field.focus();
});
