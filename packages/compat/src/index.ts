// Profiles
export { isProfile, profiles, type Profile } from './profiles'
export { resolveProfile, type ProfileSources } from './resolve-profile'
export { announceAlias, type Alias } from './aliases'

// Flags
export { defineFlags, describeFlags, type FlagDescription, type FlagEntry, type Flags, type FlagValues } from './define-flags'
