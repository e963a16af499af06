-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Intramuros Authors
--
-- Sets what a reservation is charged. Nothing is ever added twice, so every call may be repeated.
-- KEYS epoch, record, deadlines. The keys of the limits stand in the record; all share one hash tag, hence one slot.
-- ARGV epoch, id, lease in ms, mode, tokens, cost
--      mode S: settle at tokens and cost | B: it lives, and has used tokens and cost so far
--           | L: lapse, if its deadline has passed, at what it was known to have used
--           | V: void, as if it had never been asked for; leaves a mark, so that a reserve that is late does nothing
-- Answers {1} done | {0} not in a state for it | {-1} unknown | {-2} another epoch
local LATE, SETTLED = 86400000, 600000

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {-2} end
local mode = ARGV[4]
local state, deadline, limits = unpack(redis.call('HMGET', KEYS[2], 's', 'd', 'm'))
if not state then
  if mode ~= 'V' then return {-1} end
  redis.call('HSET', KEYS[2], 's', 'S')
  redis.call('PEXPIRE', KEYS[2], SETTLED)
  return {1}
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local whole = function(number) return string.format('%.0f', number) end
if state == 'S' then return {0} end
if mode ~= 'S' and mode ~= 'V' and state ~= 'H' then return {0} end
if mode == 'L' and tonumber(deadline) > now then return {0} end

local function limit(i)
  local kind, unit, cap, rate, x, key = string.match(redis.call('HGET', KEYS[2], 'l' .. i),
    '^(%a) (%a) (%d+) (%d+) (%d+) (.*)$')
  return { kind = kind, unit = unit, cap = tonumber(cap), rate = tonumber(rate), x = tonumber(x), key = key }
end

if mode == 'B' then
  local until_ms = whole(now + ARGV[3])
  redis.call('HSET', KEYS[2], 'd', until_ms, 'kt', ARGV[5], 'kc', ARGV[6])
  redis.call('PEXPIRE', KEYS[2], ARGV[3] + LATE)
  redis.call('ZADD', KEYS[3], until_ms, ARGV[2])
  for i = 1, limits do
    local l = limit(i)
    if l.kind == 'c' then
      redis.call('ZADD', l.key, until_ms, ARGV[2])
      redis.call('PEXPIRE', l.key, LATE)
    end
  end
  return {1}
end

local tokens, cost = ARGV[5], ARGV[6]
if mode == 'L' then tokens, cost = unpack(redis.call('HMGET', KEYS[2], 'kt', 'kc')) end

local function final(l, charged)
  if mode == 'V' then return 0 end
  if l.unit == 't' then return tonumber(tokens) end
  if l.unit == 'm' then return tonumber(cost) end
  return charged
end

-- The bucket may have expired: then it was full.
local function refill(l, d)
  local saved = redis.call('HMGET', l.key, 'v', 't')
  local full = l.cap * l.x
  local v = full
  if saved[1] then v = math.min(full, tonumber(saved[1]) + math.max(0, now - tonumber(saved[2])) * l.rate) end
  v = math.min(full, v - d * l.x)
  redis.call('HSET', l.key, 'v', whole(v), 't', whole(now))
  redis.call('PEXPIRE', l.key, whole(math.ceil((full - v) / l.rate) + 60000))
end

for i = 1, limits do
  local l = limit(i)
  local charged = tonumber(redis.call('HGET', KEYS[2], 'c' .. i))
  local target = final(l, charged)
  local d = target - charged
  if l.kind == 'c' then
    redis.call('ZREM', l.key, ARGV[2])
  elseif l.kind == 'r' then
    if d ~= 0 then refill(l, d) end
  elseif d ~= 0 and redis.call('EXISTS', l.key) == 1 then -- a window that is long closed stays gone
    redis.call('INCRBY', l.key, whole(d))
  end
  redis.call('HSET', KEYS[2], 'c' .. i, whole(target))
end
redis.call('ZREM', KEYS[3], ARGV[2])
redis.call('HSET', KEYS[2], 's', mode == 'L' and 'L' or 'S')
redis.call('PEXPIRE', KEYS[2], mode == 'L' and LATE or SETTLED)
return {1}
