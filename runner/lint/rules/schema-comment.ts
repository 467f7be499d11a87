import type { Rule } from '../rule.ts';

const form = /^# yaml-language-server: \$schema=\S*lab\.schema\.json\s*$/;

export const schemaComment: Rule = {
  id: 'schema-comment',
  severity: 'warning',
  why: 'With it an editor completes the members of a lab and the parameters of each check, and marks mistakes while they are typed.',
  look({ file }) {
    const [first = ''] = file.text.split('\n', 1);
    if (form.test(first)) return [];
    return [
      file.problem(
        [],
        'The first line does not name the schema of labs.',
        'Begin the file with "# yaml-language-server: $schema=../lab.schema.json".',
      ),
    ];
  },
};
