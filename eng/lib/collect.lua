-- wrk's script for collections: wrk ... -s collect.lua URL -- CARDS_FILE TOKEN_FILE RUN SECONDS
-- RUN makes the idempotency keys unique; it sends for SECONDS and then stops, so that every request sent gets its answer
-- (wrk itself stops without waiting for them, and the count of answers would differ from the count of bookings).
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds; long nanoseconds; } instant; int clock_gettime(int clock, instant *at);")
local monotonic, at = 1, ffi.new("instant")

local cards, token, run, seconds = {}, "", "", 0
local host, sent, stop = "", 0, nil

local function now()
  ffi.C.clock_gettime(monotonic, at)
  return tonumber(at.seconds) + tonumber(at.nanoseconds) / 1e9
end

local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(args)
  for card in io.lines(args[1]) do cards[#cards + 1] = card end
  token = io.open(args[2]):read("*l")
  run = args[3] .. "-" .. number
  seconds = tonumber(args[4])
  host = wrk.host .. ":" .. wrk.port
end

-- The one place that knows the request.
local function body(fen) return '{"amount":' .. fen .. ',"paymentMethod":"cash","oilType":"gasoline92"}' end

function request()
  sent = sent + 1
  local content = body(100 + sent % 9900)
  return "POST /v1/cards/" .. cards[1 + sent % #cards] .. "/collections HTTP/1.1\r\nHost: " .. host ..
    "\r\nAuthorization: Bearer " .. token .. "\r\nIdempotency-Key: " .. run .. "-" .. sent ..
    "\r\nContent-Type: application/json\r\nContent-Length: " .. #content .. "\r\n\r\n" .. content
end

function delay()
  stop = stop or now() + seconds
  return now() < stop and 0 or 3600000
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('RESULT {"answers":%d,"refused":%d,"lost":%d,"p50":%d,"p99":%d}\n', summary.requests, e.status,
    e.connect + e.read + e.write + e.timeout, latency:percentile(50), latency:percentile(99)))
end
