import { toScript, type Script } from './redis-connection.ts'

// What Redis is told to do as a whole. Every key begins with the prefix and the store's epoch, a word that is drawn when
// the store is first used: should Redis lose everything, nothing of before can be mistaken for what comes after.

const opening = `
local prefix = KEYS[1]
local epoch = redis.call('HGET', prefix, 'epoch')
`

/**
 * Makes a commit whole or not at all. Compares all versions first; writes only where each is as expected. Remembers the
 * commit's name for a minute, so that one whose reply was lost can be sent again and is made once.
 */
const commitText = `${opening}
local expected, name, deadline, world, flags = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local journal_limit, world_limit, grown_limit = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local text = ARGV[9]
if not epoch then
  epoch = name
  redis.call('HSET', prefix, 'epoch', epoch)
end
if epoch ~= expected then return {'anew', epoch} end
local store = prefix .. ':' .. epoch .. ':'
local made = redis.call('GET', store .. 'made:' .. name)
if made then
  local commit, request = made:match('^(%d+) (%d+)$')
  return {'made', tonumber(commit), tonumber(request)}
end
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > deadline then return {'late'} end

local position = 9
local function take()
  position = position + 1
  return ARGV[position]
end
local function home(key, of)
  return store .. (key:sub(1, 1) == '~' and 'all' or 'world:' .. (of or world)) .. ':'
end
local function has(flag) return flags:find(flag, 1, true) end

local stale = {'stale'}
local function compare(at, keys, versions)
  if #keys == 0 then return end
  local now = redis.call('HMGET', at .. 'versions', unpack(keys))
  for index, key in ipairs(keys) do
    local version = now[index] or '0'
    if version ~= versions[index] then
      stale[#stale + 1] = key
      stale[#stale + 1] = version
      stale[#stale + 1] = redis.call('HGET', at .. 'records', key)
    end
  end
end
for _, at in ipairs({home(''), home('~')}) do
  local keys, versions = {}, {}
  for index = 1, tonumber(take()) do
    keys[index], versions[index] = take(), take()
  end
  compare(at, keys, versions)
end
if #stale > 1 then return stale end
if has('look') then return {'made', tonumber(redis.call('HGET', store .. 'counts', 'commits') or 0), 0} end

local commit = redis.call('HINCRBY', store .. 'counts', 'commits', 1)
local request = 0
local function drop_log(of)
  redis.call('DEL', home('', of) .. 'requests', home('', of) .. 'changes')
  redis.call('HDEL', store .. 'totals', of)
end
local function drop_records(of)
  redis.call('DEL', home('', of) .. 'versions', home('', of) .. 'records', home('', of) .. 'grown')
end
if has('clears') then drop_log(world) end
if has('request') then
  request = redis.call('HINCRBY', store .. 'counts', 'requests', 1)
  redis.call('HINCRBY', store .. 'totals', world, 1)
  redis.call('XADD', home('') .. 'requests', 'MAXLEN', '=', journal_limit, commit .. '-0', 'number', request, 'text', text)
else
  redis.call('XADD', home('') .. 'changes', 'MAXLEN', '=', journal_limit, commit .. '-0', 'number', 0, 'text', text)
end
if has('wipes') then drop_records(world) end
local writes = tonumber(take())
for _ = 1, writes do
  local kind, key, record = take(), take(), take()
  local at = home(key)
  if kind == 'gone' then
    redis.call('HDEL', at .. 'versions', key)
    redis.call('HDEL', at .. 'records', key)
    redis.call('ZREM', at .. 'grown', key)
  else
    redis.call('HSET', at .. 'versions', key, commit)
    if kind == 'deleted' then redis.call('HDEL', at .. 'records', key)
    else redis.call('HSET', at .. 'records', key, record) end
    if kind == 'grown' then redis.call('ZADD', at .. 'grown', 'NX', commit, key) end
  end
end
if writes > 0 or has('wipes') then redis.call('HSET', home('') .. 'versions', '*', commit) end
while redis.call('ZCARD', home('') .. 'grown') > grown_limit do
  local oldest = redis.call('ZPOPMIN', home('') .. 'grown')[1]
  redis.call('HDEL', home('') .. 'versions', oldest)
  redis.call('HDEL', home('') .. 'records', oldest)
end
for _ = 1, tonumber(take()) do
  local snapshot, content = take(), take()
  if content == '' then redis.call('HDEL', store .. 'snapshots', snapshot)
  else redis.call('HSET', store .. 'snapshots', snapshot, content) end
end
redis.call('ZADD', store .. 'worlds', commit, world)
while redis.call('ZCARD', store .. 'worlds') > world_limit + 1 do
  local oldest = redis.call('ZRANGE', store .. 'worlds', 0, 1)
  local victim = oldest[1] == 'main' and oldest[2] or oldest[1]
  drop_log(victim)
  drop_records(victim)
  redis.call('ZREM', store .. 'worlds', victim)
  redis.call('HINCRBY', store .. 'counts', 'evicted', 1)
end
redis.call('SET', store .. 'made:' .. name, commit .. ' ' .. request, 'PX', 60000)
return {'made', commit, request}
`

const loadText = `${opening}
if not epoch then return false end
local what, world = ARGV[1], ARGV[2]
local store = prefix .. ':' .. epoch .. ':'
local home = store .. 'world:' .. world .. ':'
if what == 'records' then
  return {
    redis.call('HGETALL', home .. 'versions'),
    redis.call('HGETALL', home .. 'records'),
    redis.call('ZRANGE', home .. 'grown', 0, -1),
  }
end
if what == 'requests' then return redis.call('XRANGE', home .. 'requests', '-', '+') end
if what == 'counts' then
  return {redis.call('HGET', store .. 'totals', world) or '0', redis.call('XLEN', home .. 'requests')}
end
return {
  redis.call('ZRANGE', store .. 'worlds', 0, -1),
  redis.call('HGET', store .. 'counts', 'evicted') or '0',
  redis.call('HGETALL', store .. 'snapshots'),
}
`

/** Makes a commit, and tells what became of it. */
export const commitScript: Script = toScript(commitText)

/** Reads what turns need as a whole. */
export const loadScript: Script = toScript(loadText)
