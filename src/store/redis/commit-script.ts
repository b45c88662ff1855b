import { toScript, type Script } from './connection.ts'
import { opening } from './opening.ts'

/**
 * Makes a commit whole or not at all. Compares all versions first; writes only where each is as expected. Remembers the
 * commit's name for a minute, so that one whose reply was lost can be sent again and is made once.
 */
const commitText = `${opening}
local made = redis.call('GET', store .. 'made:' .. name)
if made then
  local commit, request = made:match('^(%d+) (%d+)$')
  return {'made', tonumber(commit), tonumber(request), epoch}
end
local other = anew()
if other then return other end
local deadline, flags = tonumber(ARGV[7]), ARGV[8]
local journal_limit, world_limit, grown_limit = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local text = ARGV[12]
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > deadline then return {'late'} end

local position = 12
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
if has('look') then return {'made', commits(), 0, epoch} end

local commit = redis.call('HINCRBY', store .. 'counts', 'commits', 1)
local request = 0
local function drop_log(of)
  redis.call('DEL', home('', of) .. 'requests', home('', of) .. 'changes')
  redis.call('HDEL', store .. 'totals', of)
end
local function drop_records(of)
  local at = home('', of)
  for _, kind in ipairs(redis.call('SMEMBERS', at .. 'kinds')) do redis.call('DEL', at .. 'grown:' .. kind) end
  redis.call('DEL', at .. 'versions', at .. 'records', at .. 'kinds')
end
local function drop_world(of)
  drop_log(of)
  drop_records(of)
  redis.call('ZREM', store .. 'worlds', of)
  redis.call('HDEL', store .. 'lost', of)
  redis.call('HDEL', prefix, 'keys:world:' .. of .. ':')
end
local function kind_of(key) return key:match('^[^:]*') end
if has('clears') then drop_log(world) end
if has('request') then
  request = redis.call('HINCRBY', store .. 'counts', 'requests', 1)
  redis.call('HINCRBY', store .. 'totals', world, 1)
  redis.call('XADD', home('') .. 'requests', 'MAXLEN', '=', journal_limit, commit .. '-0', 'number', request, 'text', text)
else
  local after = redis.call('HGET', store .. 'totals', world) or 0
  redis.call('XADD', home('') .. 'changes', 'MAXLEN', '=', journal_limit, commit .. '-0', 'after', after, 'text', text)
end
if has('wipes') then drop_records(world) end
local writes = tonumber(take())
for _ = 1, writes do
  local kind, key, record = take(), take(), take()
  local at = home(key)
  if kind == 'gone' then
    redis.call('HDEL', at .. 'versions', key)
    redis.call('HDEL', at .. 'records', key)
    redis.call('ZREM', at .. 'grown:' .. kind_of(key), key)
  else
    redis.call('HSET', at .. 'versions', key, commit)
    if kind == 'deleted' then redis.call('HDEL', at .. 'records', key)
    else redis.call('HSET', at .. 'records', key, record) end
    if kind == 'grown' and redis.call('ZADD', at .. 'grown:' .. kind_of(key), 'NX', commit, key) == 1 then
      redis.call('SADD', at .. 'kinds', kind_of(key))
      if redis.call('ZCARD', at .. 'grown:' .. kind_of(key)) > grown_limit then
        local oldest = redis.call('ZPOPMIN', at .. 'grown:' .. kind_of(key))[1]
        redis.call('HDEL', at .. 'versions', oldest)
        redis.call('HDEL', at .. 'records', oldest)
        redis.call('HINCRBY', store .. 'lost', world, 1)
      end
    end
  end
end
if writes > 0 or has('wipes') then redis.call('HSET', home('') .. 'versions', '*', commit) end
for _ = 1, tonumber(take()) do
  local snapshot, content = take(), take()
  if content == '' then redis.call('HDEL', store .. 'snapshots', snapshot)
  else redis.call('HSET', store .. 'snapshots', snapshot, commit .. ' ' .. content) end
end
redis.call('ZADD', store .. 'worlds', commit, world)
while redis.call('ZCARD', store .. 'worlds') > world_limit + 1 do
  local oldest = redis.call('ZRANGE', store .. 'worlds', 0, 1)
  drop_world(oldest[1] == 'main' and oldest[2] or oldest[1])
  redis.call('HINCRBY', store .. 'counts', 'evicted', 1)
end
for _ = 1, tonumber(take()) do drop_world(take()) end
local function register(at, keys)
  local there = {}
  for _, key in ipairs(keys) do
    if redis.call('EXISTS', store .. at .. key) == 1 then there[#there + 1] = key end
  end
  if #there == 0 then redis.call('HDEL', prefix, 'keys:' .. at)
  else redis.call('HSET', prefix, 'keys:' .. at, table.concat(there, ' ')) end
end
local of_world = {'versions', 'records', 'kinds', 'requests', 'changes'}
for _, kind in ipairs(redis.call('SMEMBERS', home('') .. 'kinds')) do of_world[#of_world + 1] = 'grown:' .. kind end
register('world:' .. world .. ':', of_world)
register('', {'counts', 'totals', 'worlds', 'lost', 'snapshots', 'all:versions', 'all:records'})
redis.call('SET', store .. 'made:' .. name, commit .. ' ' .. request, 'PX', 60000)
return {'made', commit, request, epoch}
`

/** Makes a commit, and tells what became of it. */
export const commitScript: Script = toScript(commitText)
