export type Profile = '2.x' | '3.x' | 'modern'
export interface Difference { readonly reason: string; readonly profiles: readonly Profile[]; readonly steps: readonly string[] }
export const differences: readonly Difference[] = []
export function differenceOf(title: string, profile: Profile): Difference | undefined {
  return differences.find((difference) => difference.profiles.includes(profile) && difference.steps.includes(title))
}
