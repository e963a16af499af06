-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Intramuros Authors
--
-- The reservations whose deadline has passed by the store's own clock, at most ARGV[1] of them. KEYS deadlines
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
