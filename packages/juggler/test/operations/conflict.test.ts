import { overStores, type AnyModel } from '../stores'

overStores((make, kind) => {
  it('a duplicate tells the properties in its details', async () => {
    const { db } = make()
    const Account = db.define('Account', { email: { type: String, index: { unique: true } } }, { strict: true })
    await db.automigrate()
    await Account.create({ email: 'a' })
    const duplicate = { code: 'DUPLICATE_ENTRY', statusCode: 409, details: { properties: ['email'] } }
    await expect(Account.create({ email: 'a' })).rejects.toMatchObject(duplicate)
    const other = await Account.create({ email: 'b' })
    await expect(other.updateAttributes({ email: 'a' })).rejects.toMatchObject(duplicate)
  })

  const onServer = kind === 'postgresql' ? it : it.skip
  onServer('of two transactions that change one row the later is told to run again', async () => {
    const { db } = make()
    const Stock: AnyModel = db.define('Stock', { amount: Number }, { strict: true })
    await db.automigrate()
    const stock = await Stock.create({ amount: 1 })
    const begin = () => Stock.beginTransaction({ isolationLevel: 'SERIALIZABLE' })
    const [first, second] = [await begin(), await begin()]
    const seen = await Promise.all([first, second].map((transaction) => Stock.findById(stock.id, {}, { transaction })))
    await seen[0].updateAttributes({ amount: 2 }, { transaction: first })
    await first.commit()
    await expect(seen[1].updateAttributes({ amount: 3 }, { transaction: second })).rejects.toMatchObject({
      code: 'TRANSACTION_CONFLICT',
      statusCode: 409,
    })
    await second.rollback()
    expect((await Stock.findById(stock.id)).amount).toBe(2)
  })
})
