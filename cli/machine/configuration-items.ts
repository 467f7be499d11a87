/** What is contradictory in how this machine is configured for AWS. */
import type { Item } from '../../runner/doctor/item.ts';
import type { AwsConfiguration } from './aws-configuration.ts';

/** Where else a Region is set than where the one in use comes from. */
export function regionItems(configuration: AwsConfiguration, region: string): Item[] {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const { profile, profileRegion } = configuration;
  const others = [
    ['AWS_REGION', AWS_REGION],
    ['AWS_DEFAULT_REGION', AWS_DEFAULT_REGION],
    [`the profile "${profile}"`, profileRegion],
  ].filter(([, set]) => set && set !== region);
  if (others.length === 0) return [{ id: 'region', state: 'good', message: `The Region is ${region}.` }];
  const list = others.map(([where, set]) => `${where} says ${set}`).join(', ');
  return [
    {
      id: 'region',
      state: 'warning',
      message: `The Region is ${region}, while ${list}: other AWS tools may work in another one.`,
      advice: 'Work in one Region only; name it with `--region` here and there.',
    },
  ];
}

/** A profile and a key in the environment at once: tools differ in which of them they take. */
export function credentialSourceItems({ variables, profile, namedBy }: AwsConfiguration): Item[] {
  if (namedBy !== 'AWS_PROFILE' || !variables.has('AWS_ACCESS_KEY_ID')) return [];
  return [
    {
      id: 'credentials',
      state: 'warning',
      message: `AWS_PROFILE ("${profile}") and AWS_ACCESS_KEY_ID are both set: the profile is used here, other AWS tools may take the key.`,
      advice: 'Unset one of them.',
    },
  ];
}
