import { similarNames } from '../../../checks/near-misses.ts';
import type { AwsCommand, GivenOption } from '../aws-cli/command-faults.ts';
import { guideScripts } from '../guide-commands.ts';
import type { Remark, Rule } from '../rule.ts';
import { unknown } from '../shell/commands-in.ts';
import { namingTextsOf } from '../texts-of.ts';

export const guideNames: Rule = {
  id: 'guide-names',
  severity: 'warning',
  why: 'A learner who chose other names is led to make or look for things that the checks do not know.',
  look({ file, data }) {
    const defaults = new Map(Object.entries(data.params).map(([name, param]) => [param.default, name]));
    const remarks: Remark[] = [];
    for (const { path, text } of namingTextsOf(data)) {
      for (const [value, name] of defaults) {
        if (!isTelling(value)) continue;
        for (const at of placesOf(value, text)) {
          const message = `This names "${value}", the default of the parameter ${name}.`;
          remarks.push(file.problemWithin(path, at, message, `Write "\${${name}}".`));
        }
      }
    }
    const given = guideScripts(data).flatMap(({ path, placeOf, commands }) =>
      commands.flatMap((command) => command.options.map((option) => ({ path, placeOf, command, option }))),
    );
    const usual = new Map(
      given.flatMap(({ command, option }) => {
        const name = soleReference(option);
        return name === undefined ? [] : [[keyOf(command, option), name] as const];
      }),
    );
    for (const { path, placeOf, command, option } of given) {
      const [word] = option.values;
      if (!word || /[$`]/.test(word.source) || word.value.includes(unknown) || defaults.has(word.value))
        continue;
      const [near] = isTelling(word.value) ? similarNames(word.value, [...defaults.keys()]) : [];
      const name = near === undefined ? usual.get(keyOf(command, option)) : defaults.get(near);
      if (name === undefined || option.values.length > 1) continue;
      // Made in one command and named in another, it is another thing that the lab has on purpose.
      if (near === undefined && given.filter((one) => isSame(one, command, option)).length > 1) continue;
      const message =
        near === undefined
          ? `--${option.name} names "${word.value}", where the lab's other commands name \${${name}}.`
          : `"${word.value}" is nearly "${near}", the default of the parameter ${name}.`;
      remarks.push(
        file.problemWithin(
          path,
          placeOf(word.at),
          message,
          `Write "\${${name}}", or make another name a parameter too.`,
        ),
      );
    }
    return remarks;
  },
};

/** A name that no sentence holds by chance. */
function isTelling(value: string): boolean {
  return value.length >= 6 && /[-/_.\d]/.test(value);
}

/** Where a text holds a name by itself, and not within a longer one. */
function placesOf(value: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const around = `${text.charAt(at - 1)} ${text.charAt(at + value.length)}`;
    if (!/[\w-]/.test(around)) places.push(at);
  }
  return places;
}

/** The same option of the same service means the same kind of thing. */
function keyOf({ service }: AwsCommand, { name }: GivenOption): string {
  return `${service.value} ${name}`;
}

function isSame(
  one: { command: AwsCommand; option: GivenOption },
  command: AwsCommand,
  option: GivenOption,
): boolean {
  return (
    keyOf(one.command, one.option) === keyOf(command, option) &&
    one.option.values[0]?.value === option.values[0]?.value
  );
}

function soleReference({ values }: GivenOption): string | undefined {
  const [word, more] = values;
  return more ? undefined : /^["']?\$\{([A-Za-z][\w-]*)\}["']?$/.exec(word?.source ?? '')?.[1];
}
