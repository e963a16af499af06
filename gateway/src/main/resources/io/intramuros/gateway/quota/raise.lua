-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Intramuros Authors
--
-- Raises the counter of a budget to what the database knows, where it has less: the store has lost its last writes.
-- KEYS counter. ARGV used
local have = redis.call('GET', KEYS[1])
if not have or tonumber(have) >= tonumber(ARGV[1]) then return {0} end
redis.call('SET', KEYS[1], ARGV[1], 'KEEPTTL')
return {1}
