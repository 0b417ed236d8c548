'use strict'

const people = [
  { username: 'ann', email: 'ann@north.example', company: 'north' },
  { username: 'ben', email: 'ben@north.example', company: 'north' },
  { username: 'eve', email: 'eve@south.example', company: 'south' },
]

/** Members, a role, the tenant of a request, and a few invoices to look at. */
module.exports = async (app) => {
  const { Member, Invoice, Role, RoleMapping } = app.models
  app.enableAuth()
  app.tenant(async (ctx) => {
    const { accessToken } = ctx.req
    const member = accessToken && (await Member.findById(accessToken.userId))
    return member && member.company
  })

  const [ann, ben, eve] = await Member.create(people.map((person) => ({ ...person, password: 'correct horse battery' })))
  const accountant = await Role.create({ name: 'accountant' })
  await RoleMapping.create({ principalType: 'USER', principalId: ben.id, roleId: accountant.id })
  await Invoice.create([
    { title: 'Paint', amount: 120, margin: 30, company: 'north', memberId: ann.id },
    { title: 'Wood', amount: 900, margin: 200, company: 'north', memberId: ben.id },
    { title: 'Glass', amount: 400, margin: 90, company: 'south', memberId: eve.id },
  ])
}
