-- Records.

local function check(c, tree, conditions, scope)
  for _, condition in ipairs(conditions or {}) do
    if condition[1](scope) ~= 1 then complain(c, tree, condition[2] .. " does not hold") end
  end
end

-- The bytes that a checksum is over, in which those that come are taken as
-- zero.
local function summed(c, record, scope, field, index)
  local first = field.sum.first and record.fields[field.sum.first]
  local last = field.sum.last and record.fields[field.sum.last]
  local from = first and scope.starts[first.name] or scope.start
  local to = last and scope.ends[last.name] or c.at
  if from % 8 ~= 0 or to % 8 ~= 0 then return nil end
  local parts = {}
  for at = from / 8, to / 8 - 1 do
    local byte = c.bytes:byte(at + 1)
    for other = index, #record.fields do
      local zeroed = record.fields[other]
      if zeroed.sum and at * 8 >= scope.starts[zeroed.name] and at * 8 < scope.ends[zeroed.name] then
        byte = 0
      end
    end
    parts[#parts + 1] = string.char(byte)
  end
  return table.concat(parts)
end

local function check_sum(c, tree, record, scope, field, index, item)
  local algorithm = checksums[field.sum.algorithm]
  local bytes = algorithm and summed(c, record, scope, field, index)
  if not bytes then
    return note(item, " [" .. field.sum.algorithm .. ", unverified]")
  end
  local expected, found = algorithm(bytes), scope.values[field.name]
  if same(expected, found) then
    note(item, " [correct]")
  else
    note(item, " [incorrect, should be " .. int.show(expected) .. "]")
    complain(c, item or tree, "the checksum is wrong")
  end
end

local function check_derived(c, tree, record, scope, items)
  for index, field in ipairs(record.fields) do
    local item = items[field.name]
    if field.sum then
      check_sum(c, tree, record, scope, field, index, item)
    elseif field.derived then
      local expected, found = field.derived(scope), operand(scope.values[field.name])
      if expected == nil or not same(expected, found) then
        local text = expected and int.show(expected) or "of no value"
        complain(c, item or tree, "follows from other fields and should be " .. text)
      end
    end
  end
end

-- Fields are `{ name, reader, derived = , sum = , conditions = }`.
function read.record(record)
  local fields_of = {}
  for index, entry in ipairs(record) do
    fields_of[index] = {
      name = entry[1], read = entry[2], derived = entry.derived, sum = entry.sum,
      conditions = entry.conditions,
    }
  end
  record.fields = fields_of
  return function(c, tree, outer)
    local scope = {
      values = {}, starts = {}, ends = {}, there = {}, start = c.at, origin = c.origin,
      parameters = outer.parameters, tag = outer.tag,
    }
    local items = {}
    deeper(c)
    if record.magic then record.magic(c, tree, ALONE) end
    for _, field in ipairs(fields_of) do
      local from = c.at
      scope.current = field.name
      local value, item = field.read(c, tree, scope)
      scope.values[field.name], items[field.name] = value, item
      scope.starts[field.name], scope.ends[field.name] = from, c.at
      check(c, item or tree, field.conditions, scope)
    end
    scope.complete = c.at
    check_derived(c, tree, record, scope, items)
    check(c, tree, record.conditions, scope)
    c.depth = c.depth - 1
    return { values = scope.values }
  end
end

-- A type of its own sees nothing of who mentions it, but for what it is given.
function read.named(name)
  return function(c, tree) return types[name](c, tree, ALONE) end
end

-- The same, which is given what `read.given` says.
function read.parameterised(name)
  return function(c, tree, scope) return types[name](c, tree, scope) end
end

function read.given(item, arguments)
  return function(c, tree, scope)
    local parameters = {}
    for name, argument in pairs(arguments) do
      local value = argument(scope)
      if value == nil then fail("what a type is given has no value") end
      parameters[name] = value
    end
    return item(c, tree, { values = {}, parameters = parameters })
  end
end
