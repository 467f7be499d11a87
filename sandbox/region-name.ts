const pattern = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

/** Whether a name looks like a Region's, as `eu-west-1` does. The sandbox answers for every Region. */
export function isRegionName(name: string): boolean {
  return pattern.test(name);
}
