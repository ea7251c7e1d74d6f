/**
 * What leaves the page: files, and text on the clipboard.
 * @module
 */

import { announce, button } from './dom.js';

/**
 * Save data as a file.
 * @param {Blob} data
 * @param {string} name
 */
export function save(data, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  announce(`Saved as ${name}.`);
}

/**
 * Return a button that copies a text.
 * @param {string} text
 * @param {string} what What it is, for those who do not see what stands beside it.
 * @returns {HTMLElement}
 */
export function copyButton(text, what) {
  const made = button('Copy', async () => {
    const done = await copy(text);
    made.textContent = done ? 'Copied' : 'Select it and press Ctrl+C';
    announce(done ? 'Copied.' : 'The browser does not let this page copy.');
  }, { class: 'copy', 'aria-label': `Copy ${what}` });
  made.addEventListener('blur', () => { made.textContent = 'Copy'; });
  return made;
}

/**
 * Copy a text; without a secure connection browsers only know the old way.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
