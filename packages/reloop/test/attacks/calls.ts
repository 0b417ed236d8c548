import type { Call } from './world'

const query = (value: unknown) => encodeURIComponent(JSON.stringify(value))
const at = (model: string, id?: unknown) => `/${model}s${id === undefined ? '' : `/${encodeURIComponent(String(id))}`}`

/** The methods of a model, as routes and as remote procedures. */
export const call = {
  find: (model: string, filter: object = {}): Call => ({
    verb: 'GET',
    path: `${at(model)}?filter=${query(filter)}`,
    method: `${model}.find`,
    params: { filter },
  }),
  findOne: (model: string, filter: object = {}): Call => ({
    verb: 'GET',
    path: `${at(model)}/findOne?filter=${query(filter)}`,
    method: `${model}.findOne`,
    params: { filter },
  }),
  findById: (model: string, id: unknown, filter: object = {}): Call => ({
    verb: 'GET',
    path: `${at(model, id)}?filter=${query(filter)}`,
    method: `${model}.findById`,
    params: { id, filter },
  }),
  exists: (model: string, id: unknown): Call => ({
    verb: 'GET',
    path: `${at(model, id)}/exists`,
    method: `${model}.exists`,
    params: { id },
  }),
  count: (model: string, where: unknown = {}): Call => ({
    verb: 'GET',
    path: `${at(model)}/count?where=${query(where)}`,
    method: `${model}.count`,
    params: { where },
  }),
  aggregate: (model: string, filter: object): Call => ({
    verb: 'GET',
    path: `${at(model)}/aggregate?filter=${query(filter)}`,
    method: `${model}.aggregate`,
    params: { filter },
  }),
  create: (model: string, data: unknown): Call => ({
    verb: 'POST',
    path: at(model),
    body: data,
    method: `${model}.create`,
    params: { data },
  }),
  patch: (model: string, id: unknown, data: object): Call => ({
    verb: 'PATCH',
    path: at(model, id),
    body: data,
    method: `${model}.prototype.patchAttributes`,
    params: { id, data },
  }),
  replace: (model: string, id: unknown, data: object): Call => ({
    verb: 'PUT',
    path: at(model, id),
    body: data,
    method: `${model}.replaceById`,
    params: { id, data },
  }),
  upsert: (model: string, data: object): Call => ({
    verb: 'PATCH',
    path: at(model),
    body: data,
    method: `${model}.patchOrCreate`,
    params: { data },
  }),
  replaceOrCreate: (model: string, data: object): Call => ({
    verb: 'PUT',
    path: at(model),
    body: data,
    method: `${model}.replaceOrCreate`,
    params: { data },
  }),
  upsertWithWhere: (model: string, where: unknown, data: object): Call => ({
    verb: 'POST',
    path: `${at(model)}/upsertWithWhere?where=${query(where)}`,
    body: data,
    method: `${model}.upsertWithWhere`,
    params: { where, data },
  }),
  updateAll: (model: string, where: unknown, data: object): Call => ({
    verb: 'POST',
    path: `${at(model)}/update?where=${query(where)}`,
    body: data,
    method: `${model}.updateAll`,
    params: { where, data },
  }),
  destroy: (model: string, id: unknown): Call => ({
    verb: 'DELETE',
    path: at(model, id),
    method: `${model}.deleteById`,
    params: { id },
  }),
  /** A method of the model's own, with its arguments in the query or, with a body, there. */
  own: (model: string, name: string, args: Record<string, unknown>): Call => ({
    verb: 'GET',
    path: `${at(model)}/${name}?${new URLSearchParams(Object.fromEntries(Object.entries(args).map(([key, value]) => [key, String(value)]))).toString()}`,
    method: `${model}.${name}`,
    params: args,
  }),
  post: (model: string, path: string, [method, params]: readonly [string, object], body: unknown = params): Call => ({
    verb: 'POST',
    path: `${at(model)}/${path}`,
    body,
    method: `${model}.${method}`,
    params,
  }),
  /** A relation of a record: `get`, `count`, `create`, `findById`, `updateById`, `destroyById`, `link`, `unlink`. */
  hop: (model: string, id: unknown, [action, relation]: readonly [string, string], more: { fk?: unknown; data?: object } = {}): Call => {
    const { fk, data } = more
    const [verb, tail] = routes[action]!
    return {
      verb,
      path: `${at(model, id)}/${relation}${tail.replace(':fk', encodeURIComponent(String(fk)))}`,
      body: data,
      method: `${model}.prototype.__${action}__${relation}`,
      params: { id, ...(fk === undefined ? {} : { fk }), ...(data === undefined ? {} : { data }) },
    }
  },
}

const routes: Readonly<Record<string, readonly [string, string]>> = {
  get: ['GET', ''],
  count: ['GET', '/count'],
  create: ['POST', ''],
  delete: ['DELETE', ''],
  findById: ['GET', '/:fk'],
  updateById: ['PUT', '/:fk'],
  destroyById: ['DELETE', '/:fk'],
  link: ['PUT', '/rel/:fk'],
  unlink: ['DELETE', '/rel/:fk'],
  exists: ['HEAD', '/rel/:fk'],
}
