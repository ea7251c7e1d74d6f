/**
 * Explanations: why a question is asked, how a cause stands and what each reason rests on.
 * @module
 */

import { el, terms } from './dom.js';
import { REASONS, place, percent } from './words.js';

/** @typedef {import('./dom.js').Child} Child */
/** @typedef {{kind: string, said: number | null, first: number | null, last: number | null, quote: string}} Origin */
/**
 * @typedef {{number: string, kind: string, text: string, because: string, expected: string, origin: Origin | null,
 *   effect: {band: string | null, probability: number} | null, sources: string[], below: Reason[]}} Reason
 */
/** @typedef {{finding: string, text: string, labels: string[], negated: boolean}} Requirement */
/** @typedef {{id: string, text: string, requires: Requirement[]}} RuleState */

/**
 * Return why this comes next, and what each answer would speak for.
 * @param {{text: string, rules: RuleState[],
 *   favours: {option: {label: string}, causes: {title: string, before: number, after: number}[]}[]}} why
 * @returns {Child[]}
 */
export function whyView(why) {
  const favours = why.favours.filter((favour) => favour.causes.length);
  return [
    el('p', {}, why.text || 'Nothing else is left that would tell more.'),
    favours.length > 0 && el('p', { class: 'sub' }, 'What each answer would speak for'),
    favours.length > 0 && el('dl', {}, favours.flatMap(({ option, causes }) => [
      el('dt', {}, option.label),
      ...causes.map((cause) => el('dd', {}, `${cause.title} (${percent(cause.before)} → ${percent(cause.after)})`)),
    ])),
    why.rules.length > 0 && el('p', { class: 'sub' }, 'Rules that wait for it'),
    why.rules.length > 0 && el('ul', {}, why.rules.map((rule) => el('li', {}, rule.text))),
  ];
}

/**
 * Return how a cause stands.
 * @param {{summary: string, reasons: Reason[], sources: string[],
 *   ceiling: {band: string, requires: Requirement[]} | null}} how
 * @returns {Child[]}
 */
export function howView(how) {
  const needs = how.ceiling ? how.ceiling.requires.map(requirement) : [];
  return [
    how.summary && el('p', {}, how.summary),
    tree(how.reasons),
    how.ceiling && el('p', { class: 'quiet' }, `With what can still become known it can become ${how.ceiling.band}.`),
    needs.length > 0 && el('p', {}, 'What would be needed:'),
    needs.length > 0 && el('ul', {}, needs.map((need) => el('li', {}, need))),
    how.sources.length > 0 && el('p', { class: 'quiet' }, `Source: ${how.sources.join('; ')}`),
  ];
}

/**
 * Return why a cause is not the first.
 * @param {{text: string, excluded_by: Reason | null, missing: Requirement | null,
 *   factors: {text: string, times: number}[]}} whyNot
 * @returns {Child[]}
 */
export function whyNotView(whyNot) {
  const factors = whyNot.factors.map((factor) => el('li', {}, `${factor.text} (× ${factor.times.toPrecision(2)})`));
  return [
    el('p', {}, whyNot.text),
    whyNot.excluded_by && tree([whyNot.excluded_by]),
    whyNot.missing && el('p', {}, `Not known yet: ${requirement(whyNot.missing)}`),
    factors.length > 0 && el('p', {}, 'What the one ahead has over it:'),
    factors.length > 0 && el('ul', {}, factors),
  ];
}

/**
 * Return everything that is known and where from.
 * @param {{known: {text: string, label: string, origin: Origin}[], unknown: {text: string}[]}} facts
 * @returns {Child[]}
 */
export function factsView(facts) {
  return [
    facts.known.length > 0 ? el('ul', {}, facts.known.map((fact) => el('li', {}, `${fact.text} `,
      el('strong', {}, fact.label), originView(fact.origin)))) : el('p', {}, 'Nothing is known yet.'),
    facts.unknown.length > 0 && el('p', {}, 'Asked for, and not known:'),
    facts.unknown.length > 0 && el('ul', {}, facts.unknown.map((fact) => el('li', {}, fact.text))),
  ];
}

/**
 * @param {Reason[]} reasons
 * @returns {HTMLElement | null}
 */
function tree(reasons) {
  if (!reasons.length) return null;
  return el('ol', { class: 'reasons' }, reasons.map((reason) => {
    const below = reason.below.filter((under) => under.text !== reason.text);
    const { effect } = reason;
    const without = effect && (effect.band ? `${effect.band}, ${percent(effect.probability)}` : 'no candidate');
    return el('li', {},
      el('span', { class: 'kind' }, `${REASONS[reason.kind] || reason.kind}: `), reason.text, originView(reason.origin),
      terms([['Because', reason.because], ['It would rather show', reason.expected], ['Without it', without],
        ['Source', reason.sources.join('; ')]]),
      tree(below));
  }));
}

/**
 * @param {Origin | null} origin
 * @returns {HTMLElement | null}
 */
function originView(origin) {
  if (!origin) return null;
  const said = origin.said === null ? '' : `what you said, number ${origin.said}`;
  const lines = origin.first === null ? '' : place([origin.first, origin.last ?? origin.first]);
  const rest = origin.kind === 'rule' ? 'concluded by a rule' : origin.kind === 'beforehand' ? 'known beforehand' : '';
  const from = [said, lines, rest].filter(Boolean).join(', ');
  return from || origin.quote ? el('span', { class: 'quiet' }, from && ` (${from})`,
    origin.quote && el('pre', { class: 'text' }, origin.quote)) : null;
}

/**
 * @param {Requirement} need
 * @returns {string}
 */
function requirement(need) {
  return `${need.text} ${need.negated ? 'not ' : ''}${need.labels.join(' or ')}`.trim();
}
