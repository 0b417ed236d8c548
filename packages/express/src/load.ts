import type { Express } from './express-types'

// Its types would bring the types of all that it depends on; what is used here is described beside this file.
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const express = require('express') as Express
