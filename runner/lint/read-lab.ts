/** Reads a lab and its proof with everything that is wrong with them, instead of stopping at the first file. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Check } from '../../checks/check.ts';
import { readIfThere } from '../files/read-if-there.ts';
import type { Lab } from '../lab/lab.ts';
import { parseLab } from '../lab/load-lab.ts';
import { LabProblems, type Problem } from '../lab/problem.ts';
import { repair } from '../lab/repair.ts';
import { type LabFile, labSchema } from '../lab/schema.ts';
import { YamlFile } from '../lab/yaml-file.ts';
import { parseProof } from '../proof/load-proof.ts';
import type { Proof } from '../proof/schema.ts';
import { proofSchema } from '../proof/schema.ts';

/** A lab as rules look at it: its files have the shape of a lab and a proof, though names in them may lead nowhere. */
export interface ReadLab {
  readonly file: YamlFile;
  readonly data: LabFile;
  /** The folder of the lab file. */
  readonly folder: string;
  /** The lab itself; absent when it cannot be run. */
  readonly lab?: Lab;
  /** Absent when there is none, or when it has not the shape of one. */
  readonly proof?: { readonly file: YamlFile; readonly data: Proof };
  readonly hasProofFile: boolean;
  readonly registry: ReadonlyMap<string, Check>;
}

export interface Reading {
  /** What keeps the files from being read as a lab and its proof. */
  readonly problems: readonly Problem[];
  /** Absent when the lab file has not the shape of a lab. */
  readonly read?: ReadLab;
  /** The lab file's own text, and the proof's, by the names that problems use. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * @param path of the lab file; its proof is `proof.yaml` beside it
 * @param nameOf how problems call a file
 * @throws the reading error when the lab file cannot be read
 */
export async function readLab(
  path: string,
  registry: ReadonlyMap<string, Check>,
  nameOf: (path: string) => string = (file) => file,
): Promise<Reading> {
  const proofPath = join(dirname(path), 'proof.yaml');
  const text = await readFile(path, 'utf8');
  const proofText = await readIfThere(proofPath);
  const name = nameOf(path);
  const proofName = nameOf(proofPath);
  const texts = new Map([
    [name, text],
    ...(proofText === undefined ? [] : [[proofName, proofText] as const]),
  ]);

  const { value: lab, problems } = collected(() => parseLab(name, text, registry));
  const file = collected(() => new YamlFile(name, text)).value;
  if (!file) return { problems, texts };
  const shaped = labSchema.safeParse(file.data);
  const repaired = shaped.success ? shaped.data : repair(labSchema, file.data);
  const proof =
    proofText === undefined || !repaired
      ? { problems: [] }
      : collected(() => parseProof(proofName, proofText, namesOf(repaired)));
  const all = [...problems, ...proof.problems];
  if (!shaped.success || file.faults.length > 0) return { problems: all, texts };
  const proofFile =
    proofText === undefined ? undefined : collected(() => new YamlFile(proofName, proofText)).value;
  const proofShape = proofFile?.faults.length === 0 ? proofSchema.safeParse(proofFile.data) : undefined;
  return {
    problems: all,
    texts,
    read: {
      file,
      data: shaped.data,
      folder: dirname(path),
      hasProofFile: proofText !== undefined,
      registry,
      ...(lab && { lab }),
      ...(proofFile && proofShape?.success && { proof: { file: proofFile, data: proofShape.data } }),
    },
  };
}

function namesOf({ params, stages }: LabFile) {
  return {
    params,
    stages: stages.map(({ id, checks }) => ({
      id,
      checks: checks.map(({ check }) => ({ check: { id: check } })),
    })),
  };
}

function collected<Value>(read: () => Value): { value?: Value; problems: readonly Problem[] } {
  try {
    return { value: read(), problems: [] };
  } catch (error) {
    if (error instanceof LabProblems) return { problems: error.problems };
    throw error;
  }
}
