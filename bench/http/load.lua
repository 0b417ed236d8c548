-- Sends the requests of a file in turn, and tells the outcome as one line of JSON.
-- The file, named by BENCH_REQUESTS, has one request per line: method, path, body and the header Authorization between tabs.
local requests = {}
local turn = 0

function init()
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local method, path, body, authorization = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = {}
    if body == "" then body = nil else headers["Content-Type"] = "application/json" end
    if authorization ~= "" then headers["Authorization"] = authorization end
    requests[#requests + 1] = wrk.format(method, path, headers, body)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "seconds": %f, "failed": %d, "p50": %f, "p99": %f}',
    summary.requests, summary.duration / 1e6,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
