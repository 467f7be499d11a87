/** Every rule there is, in the order in which they are listed. A test holds this list against the files. */
import type { Rule } from './rule.ts';
import { checkWithoutMistake } from './rules/check-without-mistake.ts';
import { deadLink } from './rules/dead-link.ts';
import { guideCommand } from './rules/guide-command.ts';
import { guideNames } from './rules/guide-names.ts';
import { guideSyntax } from './rules/guide-syntax.ts';
import { hintGivesAway } from './rules/hint-gives-away.ts';
import { hintSaysNothing } from './rules/hint-says-nothing.ts';
import { mistakeOutOfReach } from './rules/mistake-out-of-reach.ts';
import { noProof } from './rules/no-proof.ts';
import { pointsSum } from './rules/points-sum.ts';
import { proofCall } from './rules/proof-call.ts';
import { questionWithoutConcepts } from './rules/question-without-concepts.ts';
import { repeatedTitle } from './rules/repeated-title.ts';
import { schemaComment } from './rules/schema-comment.ts';
import { stageWithoutPoints } from './rules/stage-without-points.ts';
import { stageWithoutSolution } from './rules/stage-without-solution.ts';
import { unansweredLink } from './rules/unanswered-link.ts';
import { unsatisfiedCheck } from './rules/unsatisfied-check.ts';
import { untouchedStage } from './rules/untouched-stage.ts';
import { unusedParameter } from './rules/unused-parameter.ts';

export const rules: readonly Rule[] = [
  untouchedStage,
  unsatisfiedCheck,
  stageWithoutSolution,
  stageWithoutPoints,
  pointsSum,
  repeatedTitle,
  noProof,
  proofCall,
  mistakeOutOfReach,
  checkWithoutMistake,
  hintGivesAway,
  hintSaysNothing,
  questionWithoutConcepts,
  guideSyntax,
  guideCommand,
  guideNames,
  unusedParameter,
  deadLink,
  unansweredLink,
  schemaComment,
];
