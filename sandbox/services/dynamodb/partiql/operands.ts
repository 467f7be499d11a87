/** Tells the operands of a condition apart. */
import type { Condition, ConditionOperand, DocumentPath, WireValue } from '../data-plane.ts';

export function isPath(operand: ConditionOperand): operand is DocumentPath {
  return Array.isArray(operand);
}

export function isCondition(operand: ConditionOperand): operand is Condition {
  return !isPath(operand) && 'args' in operand;
}

export function isValue(operand: ConditionOperand): operand is WireValue {
  return !isPath(operand) && !isCondition(operand);
}

/** `S`, `N`, `M`, ... */
export function typeOfValue(value: WireValue): string {
  return Object.keys(value)[0] ?? '';
}
