// What Redis is told to do as a whole. Every key begins with the prefix and the store's epoch, a word that is drawn when
// the store is first used: should Redis lose everything, nothing of before can be mistaken for what comes after.

// A Redis that evicts does so key by key. The hash that is the prefix names every key that there has to be, in the field
// `keys:` for what worlds share and in `keys:world:<name>:` for each of them, so that a missing one is not taken for empty.
// What is left of a store that has lost one goes as well: half of it could not be told from the whole. One that knows of
// fewer commits than its servers was read again from an older file; whoever notices marks the turn in the field `turned`.
/** How every script begins: it makes sure of the store, or tells by `anew` that it is not as it was known. */
export const opening = `
local prefix = KEYS[1]
local expected, name, make, world, was, seen = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[6])
local known = redis.call('HMGET', prefix, 'epoch', 'make', 'lost', 'turned')
local epoch = known[1]
local function begin(lost)
  local fields = redis.call('HGETALL', prefix)
  for index = 1, #fields, 2 do
    local at = fields[index]:match('^keys:(.*)$')
    if at then
      for key in fields[index + 1]:gmatch('%S+') do redis.call('DEL', prefix .. ':' .. epoch .. ':' .. at .. key) end
    end
  end
  redis.call('DEL', prefix)
  redis.call('HSET', prefix, 'epoch', name, 'make', make, 'lost', lost)
  return {'anew', name, make, lost, '', 0}
end
if not epoch then return begin(was == '' and '' or 'everything') end
local store = prefix .. ':' .. epoch .. ':'
local function commits() return tonumber(redis.call('HGET', store .. 'counts', 'commits') or 0) end
local function lacking(at)
  local keys = {}
  for key in (redis.call('HGET', prefix, 'keys:' .. at) or ''):gmatch('%S+') do keys[#keys + 1] = store .. at .. key end
  if #keys == 0 or redis.call('EXISTS', unpack(keys)) == #keys then return end
  for _, key in ipairs(keys) do
    if redis.call('EXISTS', key) == 0 then return 'its key ' .. key end
  end
end
local function anew()
  if epoch ~= expected then
    local turned, now = known[4] or '', commits()
    if was == epoch and seen > now then
      turned = name
      redis.call('HSET', prefix, 'turned', turned)
    end
    return {'anew', epoch, known[2] or '', known[3] or '', turned, now}
  end
  local lost = lacking('') or lacking('world:' .. world .. ':')
  if lost then return begin(lost) end
end
`
