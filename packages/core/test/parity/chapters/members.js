'use strict'
const { chapter } = require('./ask')

const members = chapter('another model of users', (ask) => {
  ask('POST', '/Members', { email: 'Mia@Example.com', password: 'miamia', nick: 'm' })
  ask('POST', '/Members', { email: 'mia@example.COM', password: 'miamia' })
  ask('POST', '/Members/login', { email: 'mia@example.com', password: 'miamia' })
  ask('POST', '/Members/login', { email: 'mia@example.com', password: 'wrong' })
  ask('POST', '/Members/reset', { email: 'mia@example.com' })
  ask('POST', '/Members/prepare', { id: 1 })
  ask('GET', '/Members/confirm?uid=1&token=mailed-text')
  ask('POST', '/Members/login', { email: 'MIA@example.com', password: 'miamia' }, { keep: { mia: 'id' } })
  ask('POST', '/Members/login?include=user', { email: 'mia@example.com', password: 'miamia', ttl: 6000 })
  ask('POST', '/Members/reset', { email: 'MIA@EXAMPLE.COM' })
  ask('GET', '/Members/last-reset')
  ask('GET', '/Members/1')
  ask('GET', '/Members/1/accessTokens')
  ask('POST', '/Members/login', { username: 'mia', password: 'miamia' })
  ask('GET', '/MemberTokens')
})

exports.chapters = [members]
