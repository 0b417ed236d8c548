import { existsSync } from 'node:fs'
import { onPath } from '../run/on-path.mjs'

const mac = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** The browser of the explorer's tests: an installed Chromium or Chrome, else apt. Nothing to start: tests launch it. */
export const chromium = {
  variable: 'RELOOP_TEST_CHROMIUM',
  apt: ['chromium'],
  missing: 'Chromium: install chromium (Debian) or Google Chrome',
  find: () => onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ?? mac.find((path) => existsSync(path)),
}
