/**
 * The page's own words: generic ones. Everything of the subject comes from the knowledge.
 * @module
 */

/** @type {Record<string, string>} How surely a text was recognised. */
export const LEVELS = { exact: 'certain', strong: 'nearly certain', weak: 'a guess', none: 'not recognised' };

/** @type {Record<string, string>} How the questions end. */
export const ENDINGS = {
  resolved: 'Solved: the fix worked.',
  exhausted: 'Nothing is left to ask that would tell the causes apart.',
  'question-limit': 'More questions would cost more time than they save.',
  'not-known': 'Too little is known to tell.',
  declined: 'The only fix left is the risky one that was not wanted.',
  pointer: 'This is recognised, but its causes are not covered.',
  'not-covered': 'Nothing known fits this.',
  'nothing-told': 'That says too little to go by.',
};

/** @type {Record<string, string>} What can be done where the questions end without a fix. */
export const REMEDIES = {
  resolved: 'The report under “For the ticket” tells how it was found. If the trouble comes back, begin a new interview.',
  exhausted: 'Fetch what is listed below, or tell more: another error text or the lines of a log.',
  'question-limit': 'Fetch what is listed below, or tell more: another error text or the lines of a log.',
  'not-known': 'What is listed below would help; so would another error text or the lines of a log.',
  declined: 'Change the answer under “What you said” if it is wanted after all.',
  pointer: 'What is said above is where to look next.',
  'not-covered': 'Other words, the text of an error, or the lines of a log may help.',
  'nothing-told': 'Paste the text of an error, or the last lines of a log.',
};

/** Why something is not known, in the words of a person. @type {[string, string][]} */
export const NOT_KNOWN = [
  ['dont_know', 'I don’t know'],
  ['no_access', 'I have no access'],
  ['later', 'I will look later'],
  ['refused', 'I would rather skip this'],
  ['not_applicable', 'It does not apply here'],
];

/** @type {Record<string, string>} */
export const RISKS = { low: 'low risk', medium: 'some risk', high: 'high risk' };

/** @type {Record<string, string>} What a reason of an explanation is to its cause. */
export const REASONS = {
  raised: 'Raised by',
  excluded: 'Ruled out by',
  proof: 'Proved by',
  for: 'For it',
  against: 'Against it',
  alike: 'Makes no difference',
  unknown: 'Not known',
  rule: 'Concluded',
  line: 'Read',
  answer: 'Answered',
  beforehand: 'Known beforehand',
};

/** @type {Record<string, string>} */
export const OUTCOMES = { success: 'succeeded', failure: 'failed', partial: 'unfinished', none: 'nothing to succeed or fail' };

/**
 * Return a probability as a whole number of hundredths; one that is not sure never reads as none or all.
 * @param {number} probability
 * @returns {string}
 */
export function percent(probability) {
  const hundredths = Math.round(probability * 100);
  if (hundredths === 0 && probability > 0) return '< 1\u00a0%';
  return hundredths === 100 && probability < 1 ? '> 99\u00a0%' : `${hundredths}\u00a0%`;
}

/**
 * Return time, risk and needs on one line.
 * @param {{minutes: number, risk: string, needs?: string[]}} part
 * @returns {string}
 */
export function effort(part) {
  const needs = part.needs && part.needs.length ? `needs ${part.needs.join(', ')}` : '';
  const minutes = part.minutes >= 1 ? `about ${part.minutes} min` : '';
  return [minutes, RISKS[part.risk] || '', needs].filter(Boolean).join(' · ');
}

/**
 * Return a number with its noun: "1 line", "1,200 lines".
 * @param {number} count
 * @param {string} noun
 * @returns {string}
 */
export function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Return the lines of a text, counted by line feeds.
 * @param {string} text
 * @returns {number}
 */
export function lineCount(text) {
  return text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n').length;
}

/**
 * Return a place in a text.
 * @param {[number, number] | null} where First and last line.
 * @returns {string}
 */
export function place(where) {
  if (!where) return '';
  return where[0] === where[1] ? `line ${where[0]}` : `lines ${where[0]} to ${where[1]}`;
}

/**
 * Return seconds as people say them.
 * @param {number | null} seconds
 * @returns {string}
 */
export function duration(seconds) {
  if (seconds === null) return '';
  const whole = Math.round(seconds);
  if (whole < 1) return '< 1 s';
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
