-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Intramuros Authors
--
-- Takes at every limit or at none, by the store's own clock.
-- KEYS epoch, record, deadlines, then one a limit
-- ARGV epoch, id, lease in ms, 'take' or 'force' (whatever is left: a reservation that the store has forgotten),
--      then six a limit: kind, unit, n, cap, rate, x
--      kind r: a bucket of cap that refills by rate in x ms | b: a budget of cap until x (epoch ms) | c: cap at once
-- Answers {1, left..} held | {0, worst, wait in ms, left..} refused | {-1} known already | {-2} another epoch
--      | {-3, limit..} budgets that nobody has opened
local LATE = 86400000

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {-2} end
if redis.call('EXISTS', KEYS[2]) == 1 then return {-1} end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local whole = function(number) return string.format('%.0f', number) end

local function limit(i)
  local a = 6 * (i - 1) + 5
  return { kind = ARGV[a], unit = ARGV[a + 1], n = tonumber(ARGV[a + 2]), cap = tonumber(ARGV[a + 3]),
    rate = tonumber(ARGV[a + 4]), x = tonumber(ARGV[a + 5]), key = KEYS[i + 3] }
end

-- Buckets count in token * ms, so that all numbers are whole and below 2^53.
local function level(l)
  local saved = redis.call('HMGET', l.key, 'v', 't')
  if not saved[1] then return l.cap * l.x end
  return math.min(l.cap * l.x, tonumber(saved[1]) + math.max(0, now - tonumber(saved[2])) * l.rate)
end

-- What is left of a limit, and how long until it has n.
local function look(l)
  if l.kind == 'r' then
    l.level = level(l)
    return math.floor(l.level / l.x), math.max(0, math.ceil((l.n * l.x - l.level) / l.rate))
  elseif l.kind == 'b' then
    return l.cap - tonumber(redis.call('GET', l.key)), l.x - now
  end
  redis.call('ZREMRANGEBYSCORE', l.key, '-inf', now)
  return l.cap - redis.call('ZCARD', l.key), 0
end

local function take(l)
  if l.kind == 'r' then
    local v = l.level - l.n * l.x
    redis.call('HSET', l.key, 'v', whole(v), 't', whole(now))
    -- not before it is full, lest a debt be forgotten
    redis.call('PEXPIRE', l.key, whole(math.ceil((l.cap * l.x - v) / l.rate) + 60000))
  elseif l.kind == 'b' then
    redis.call('INCRBY', l.key, whole(l.n))
  else
    redis.call('ZADD', l.key, now + ARGV[3], ARGV[2])
    redis.call('PEXPIRE', l.key, LATE)
  end
end

local limits, unopened = {}, { -3 }
for i = 1, #KEYS - 3 do
  limits[i] = limit(i)
  if limits[i].kind == 'b' and redis.call('EXISTS', limits[i].key) == 0 then unopened[#unopened + 1] = i end
end
if #unopened > 1 then return unopened end

local left, worst, longest = {}, 0, 0
for i, l in ipairs(limits) do
  local have, wait = look(l)
  if l.n > have and (worst == 0 or wait > longest) then worst, longest = i, wait end
  left[i] = have
end
if worst > 0 and ARGV[4] == 'take' then return { 0, worst, longest, unpack(left) } end

local record = { 's', 'H', 'd', whole(now + ARGV[3]), 'm', #limits, 'kt', '0', 'kc', '0' }
for i, l in ipairs(limits) do
  take(l)
  left[i] = left[i] - l.n
  record[#record + 1] = 'l' .. i
  record[#record + 1] = table.concat({ l.kind, l.unit, whole(l.cap), whole(l.rate), whole(l.x), l.key }, ' ')
  record[#record + 1] = 'c' .. i
  record[#record + 1] = whole(l.n)
end
redis.call('HSET', KEYS[2], unpack(record))
redis.call('PEXPIRE', KEYS[2], ARGV[3] + LATE)
redis.call('ZADD', KEYS[3], now + ARGV[3], ARGV[2])
return { 1, unpack(left) }
