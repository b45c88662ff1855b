import { toScript, type Script } from './connection.ts'
import { opening } from './opening.ts'

const loadText = `${opening}
local other = anew()
if other then return other end
local what = ARGV[7]
local function loaded(all) return {'loaded', all, commits(), epoch} end
local home = store .. 'world:' .. world .. ':'
local function counts(of)
  return {
    redis.call('HGET', store .. 'totals', of) or '0',
    redis.call('XLEN', store .. 'world:' .. of .. ':requests'),
    redis.call('HGET', store .. 'lost', of) or '0',
  }
end
if what == 'records' then
  local grown = {}
  for _, kind in ipairs(redis.call('SMEMBERS', home .. 'kinds')) do
    for _, key in ipairs(redis.call('ZRANGE', home .. 'grown:' .. kind, 0, -1)) do grown[#grown + 1] = key end
  end
  return loaded({redis.call('HGETALL', home .. 'versions'), redis.call('HGETALL', home .. 'records'), grown})
end
if what == 'requests' or what == 'changes' then return loaded(redis.call('XRANGE', home .. what, '-', '+')) end
if what == 'counts' then return loaded(counts(world)) end
if what == 'worlds' then
  local told = {}
  for _, name in ipairs(redis.call('ZRANGE', store .. 'worlds', 0, -1)) do
    local lost = lacking('world:' .. name .. ':')
    if lost then return begin(lost) end
    local at = store .. 'world:' .. name .. ':'
    local versions, records = {}, {}
    for _, key in ipairs({'stage', 'clock'}) do
      local version = redis.call('HGET', at .. 'versions', key)
      if version then
        versions[#versions + 1] = key
        versions[#versions + 1] = version
        records[#records + 1] = key
        records[#records + 1] = redis.call('HGET', at .. 'records', key) or ''
      end
    end
    told[#told + 1] = {name, versions, records, counts(name)}
  end
  return loaded(told)
end
return loaded({
  redis.call('ZRANGE', store .. 'worlds', 0, -1),
  redis.call('HGET', store .. 'counts', 'evicted') or '0',
  redis.call('HGETALL', store .. 'snapshots'),
})
`

/** Reads what turns need as a whole. */
export const loadScript: Script = toScript(loadText)
