'use strict'

/** Collects the requests of a chapter. */
exports.chapter = function chapter(title, write) {
  const requests = []
  const ask = (verb, path, body, more) =>
    void requests.push({ verb, path: `/api${path}`, ...(body !== undefined && { body: JSON.stringify(body) }), ...more })
  write(ask)
  return { title, requests }
}

/** A value as it is written into a query string. */
exports.query = (value) => encodeURIComponent(JSON.stringify(value))
