/** `labwright role`: the role that a learner makes for the instructor. No AWS call is made. */
import { newExternalId } from '../../runner/role/external-id.ts';
import { type GraderRole, graderRole } from '../../runner/role/grader-role.ts';
import { quickCreateLink, roleTemplate } from '../../runner/role/template.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { removalCommands, roleCommands } from '../role-commands.ts';
import { roleText } from '../terminal/role-text.ts';
import { UserError } from '../user-error.ts';

export type RoleFormat = 'policy' | 'cloudformation' | 'cli';

export interface RoleFlags extends ChecksFlags {
  readonly format: RoleFormat;
  readonly instructor: string;
  readonly principal?: string;
  readonly externalId?: string;
  readonly roleName?: string;
  readonly account?: string;
  readonly region?: string;
  readonly allowProbe?: boolean;
  readonly templateUrl?: string;
  readonly set: Record<string, string>;
  readonly json?: boolean;
  readonly color: boolean;
}

export async function role(labName: string, flags: RoleFlags): Promise<void> {
  const { lab } = await findLab(labName, flags);
  const { format, templateUrl, set: settings, json, color, ...options } = flags;
  if (templateUrl !== undefined && format !== 'cloudformation')
    throw new UserError(
      '`--template-url` is for the link of `--format cloudformation`; name that format as well.',
    );
  const made = graderRole({
    ...options,
    lab,
    settings,
    externalId: flags.externalId ?? newExternalId(),
    allowProbe: flags.allowProbe ?? false,
  });
  const link = templateUrl === undefined ? undefined : quickCreateLink(made, templateUrl);
  const { print, note, style } = createOutput(!color);
  print(json ? `${JSON.stringify(described(made, link), null, 2)}\n` : documents[format](made));
  if (!json)
    note(`\n${roleText(made, { format, removal: removalCommands(made), style, ...(link && { link }) })}`);
}

const documents: Readonly<Record<RoleFormat, (role: GraderRole) => string>> = {
  policy: ({ permissions, trust }) => `${JSON.stringify({ permissions, trust }, null, 2)}\n`,
  cloudformation: roleTemplate,
  cli: roleCommands,
};

function described(made: GraderRole, link: string | undefined): object {
  const { lab, name, externalId, allowProbe, permissions, trust } = made;
  return {
    schema: 'labwright/role/v1',
    lab: { id: lab.id, digest: lab.digest },
    roleName: name,
    externalId,
    allowProbe,
    permissions,
    trust,
    template: roleTemplate(made),
    commands: roleCommands(made),
    ...(link && { link }),
  };
}
