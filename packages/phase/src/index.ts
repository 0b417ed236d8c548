// LoopBack's phases
export { mergePhaseNameLists } from './merge-names'
export { Phase, type PhaseOptions } from './phase'
export { PhaseList, type PhaseOrName } from './phase-list'
export type { Done, Handler } from './legacy'

// The pipeline of compiled steps
export { Pipeline, type PhaseDescription, type Wrap } from './pipeline'
export type { Step } from './step'
