// NestJS on Fastify with its validation pipe, over the same Map as the base.
const { createRequire } = require('node:module')
const { join } = require('node:path')
const { ready, rows } = require('../rows.cjs')

const load = createRequire(join(process.env.BENCH_PEERS, 'package.json'))
load('reflect-metadata')
const { Body, Controller, Get, Module, NotFoundException, Param, ParseIntPipe, Patch, Post, Query, HttpCode, ValidationPipe } =
  load('@nestjs/common')
const { NestFactory } = load('@nestjs/core')
const { FastifyAdapter } = load('@nestjs/platform-fastify')
const { IsArray, IsNumber, IsOptional, IsString, Min } = load('class-validator')

const store = new Map(rows().map((row) => [row.id, row]))
let next = store.size + 1

/** What a decorator in TypeScript compiles to. */
function property(Class, name, ...decorators) {
  for (const decorate of decorators) decorate(Class.prototype, name)
}

function method(Class, name, decorators, types, parameters) {
  const descriptor = Object.getOwnPropertyDescriptor(Class.prototype, name)
  Reflect.defineMetadata('design:paramtypes', types, Class.prototype, name)
  parameters.forEach((decorate, index) => decorate(Class.prototype, name, index))
  for (const decorate of decorators) decorate(Class.prototype, name, descriptor)
}

class NewProduct {}
property(NewProduct, 'name', IsString())
property(NewProduct, 'price', IsOptional(), IsNumber(), Min(0))
property(NewProduct, 'tags', IsOptional(), IsArray(), IsString({ each: true }))

class Change {}
property(Change, 'name', IsOptional(), IsString())
property(Change, 'price', IsOptional(), IsNumber(), Min(0))
property(Change, 'tags', IsOptional(), IsArray(), IsString({ each: true }))

class Products {
  byId(id) {
    const row = store.get(id)
    if (!row) throw new NotFoundException()
    return row
  }

  list(priceAbove, limit) {
    const found = []
    const bound = priceAbove === undefined ? undefined : Number(priceAbove)
    for (const row of store.values()) {
      if (bound === undefined && found.length >= Number(limit)) break
      if (bound === undefined || row.price > bound) found.push(row)
    }
    return bound === undefined ? found : found.sort((a, b) => b.price - a.price).slice(0, Number(limit))
  }

  create(body) {
    const row = { id: next++, ...body }
    store.set(row.id, row)
    return row
  }

  change(id, body) {
    const changed = { ...this.byId(id), ...body }
    store.set(id, changed)
    return changed
  }
}
Controller('products')(Products)
method(Products, 'byId', [Get(':id')], [Number], [Param('id', ParseIntPipe)])
method(Products, 'list', [Get()], [String, String], [Query('priceAbove'), Query('limit')])
method(Products, 'create', [Post(), HttpCode(200)], [NewProduct], [Body()])
method(Products, 'change', [Patch(':id')], [Number, Change], [Param('id', ParseIntPipe), Body()])

class App {}
Module({ controllers: [Products] })(App)

async function main() {
  const app = await NestFactory.create(App, new FastifyAdapter(), { logger: false })
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))
  await app.listen(0, '127.0.0.1')
  ready(app.getHttpServer().address().port)
}

void main()
