'use strict'

// The page of the explorer: Swagger UI on the document beside this file, and a token that goes with every request to the API.
// The page's own address is not read: `?url=` and `?configUrl=` have no effect.
document.addEventListener('DOMContentLoaded', () => {
  const token = tokenBox()

  SwaggerUIBundle({
    url: 'openapi.json',
    domNode: document.getElementById('explorer'),
    queryConfigEnabled: false,
    validatorUrl: null,
    deepLinking: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    tryItOutEnabled: true,
    persistAuthorization: false,
    tagsSorter: 'alpha',
    operationsSorter: byPathThenVerb,
    plugins: [() => ({ components: { authorizeBtn: nothing, authorizeOperationBtn: nothing } })],
    requestInterceptor(request) {
      if (token.value && !request.loadSpec) request.headers['X-Access-Token'] = token.value
      return request
    },
    responseInterceptor(response) {
      const id = loggedIn(response)
      if (id) token.set(id, 'The token of your login is sent with every request.')
      return response
    },
  })
})

/** The box in the head of the page. The token is kept as long as the tab is open. */
function tokenBox() {
  const key = 'swagger_accessToken'
  const form = document.getElementById('token-form')
  const input = document.getElementById('token')
  const clear = document.getElementById('token-clear')
  const state = document.getElementById('token-state')
  const box = {
    value: '',
    set(value, message) {
      box.value = value.trim()
      input.value = box.value
      if (box.value) sessionStorage.setItem(key, box.value)
      else sessionStorage.removeItem(key)
      clear.disabled = !box.value
      state.classList.toggle('set', Boolean(box.value))
      state.textContent = box.value ? message || 'The token is sent with every request.' : 'Requests are sent without a token.'
    },
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    box.set(input.value)
  })
  clear.addEventListener('click', () => box.set(''))
  box.set(sessionStorage.getItem(key) || '')
  return box
}

/** The id of the token that a successful login of a user model returned. */
function loggedIn(response) {
  const isLogin = response.ok && !response.loadSpec && /\/login(\?|$)/.test(response.url || '')
  const id = isLogin && response.body && response.body.id
  return typeof id === 'string' ? id : undefined
}

function byPathThenVerb(a, b) {
  const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
  const [left, right] = [a, b].map((operation) => [operation.get('path'), verbs.indexOf(operation.get('method'))])
  if (left[0] !== right[0]) return left[0] < right[0] ? -1 : 1
  return left[1] - right[1]
}

function nothing() {
  return null
}
