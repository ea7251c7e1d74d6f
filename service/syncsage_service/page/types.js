/**
 * What the service sends, as far as the page reads it. `step.schema.json` of the engine describes all of a step.
 * @module
 */

/** @typedef {{value: string, label: string}} Choice */
/** @typedef {{do: string, expect: string, command: string}} Instruction */
/**
 * @typedef {object} Procedure
 * @property {string} id
 * @property {string} title
 * @property {string} kind
 * @property {number} minutes
 * @property {string} risk
 * @property {string[]} needs
 * @property {Instruction[]} steps
 * @property {string[]} notes
 * @property {string} undo
 * @property {string[]} sources
 * @property {{title: string, steps: Instruction[]}[]} others
 */
/**
 * @typedef {object} Next
 * @property {'question' | 'check' | 'consent' | 'fix'} kind
 * @property {string} id
 * @property {string} text
 * @property {Choice[]} choices
 * @property {string} help
 * @property {number} minutes
 * @property {string} risk
 * @property {string} rationale
 * @property {boolean} paste
 * @property {Procedure | null} procedure
 * @property {Procedure | null} verify
 * @property {string} command
 * @property {string} good
 * @property {string} bad
 */
/** @typedef {{id: string, title: string, level: string, by: string, where: [number, number] | null, quote: string}} Match */
/** @typedef {{id: string, title: string, band: string, probability: number, healthy: boolean}} Cause */
/** @typedef {{finding: string, text: string, help: string, command: string}} Collect */
/**
 * @typedef {object} Step
 * @property {string} match
 * @property {Match[]} problems
 * @property {Match[]} nearest
 * @property {Cause[]} causes
 * @property {Next | null} next
 * @property {string | null} stop_reason
 * @property {Collect[]} to_collect
 * @property {string[]} advice
 * @property {Procedure[]} procedures
 * @property {number} asked
 */
/**
 * @typedef {object} Said
 * @property {number} number
 * @property {'told' | 'answered' | 'tried' | 'undone'} kind
 * @property {string} id
 * @property {string} value
 * @property {string} text
 * @property {boolean} stands
 * @property {string} question
 * @property {string} answer
 * @property {Choice[]} choices
 */
/**
 * @typedef {object} Session
 * @property {string} id
 * @property {number} version
 * @property {string} kb_version
 * @property {string} [answered_with] The knowledge that answers now, where it differs from the one it began with.
 * @property {Step} step
 * @property {Said[]} events
 * @property {{id: string, step: number, mark: string}[]} ticks What became of the steps of procedures.
 * @property {string[]} gone
 */

export {};
