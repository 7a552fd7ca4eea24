-- Unions.

-- Reads a length and enters what it confines.
local function enter_length(c, tree, length, start)
  local from = c.at
  local found = operand((length.read(c, tree, ALONE)))
  local least = 0
  if length.counts == "rest" then least = (c.at - from) / 8 end
  if length.counts == "message" then least = (c.at - start) / 8 end
  if type(found) ~= "number" or found < least then
    fail(string.format("a length of %s, where %d bytes are the least", show(found), least))
  end
  return enter(c, found - least)
end

local function leave(c, tree, outer)
  c.at = math.max(c.at, c.furthest)
  if c.stop - c.at >= 8 then
    local from = c.at
    add(c, tree, leftover, from, c.stop, take_bytes(c, bytes_left(c)))
    complain(c, tree, "bytes are left over")
  elseif c.stop > c.at and take(c, c.stop - c.at) ~= 0 then
    complain(c, tree, "the last bits are not zero")
  end
  leave_unread(c, outer)
end

local function variant_of(union, tag, scope)
  for _, variant in ipairs(union.by_tag[int.show(tag)] or {}) do
    if not variant.condition or variant.condition(scope) == 1 then return variant end
  end
  for _, variant in ipairs(union.ranges) do
    if int.compare(tag, variant.first) >= 0 and int.compare(tag, variant.last) <= 0
      and (not variant.of.condition or variant.of.condition(scope) == 1) then
      return variant.of
    end
  end
end

-- The union of all messages says which message it is.
local function begun(c, union, name)
  if union.names_message then c.message = c.message or name end
end

local function first_that_reads(c, readers, try)
  local at, kept = c.at, { c.quiet, c.strict, c.stop, c.piece, c.depth, c.little, c.lsb, c.origin }
  local furthest, message = nil, c.message
  for index, reader in ipairs(readers) do
    c.quiet, c.strict = true, true
    local fine, fault = pcall(try, reader, c, nil)
    c.at, c.quiet, c.strict, c.stop, c.piece, c.depth, c.little, c.lsb, c.origin =
      at, kept[1], kept[2], kept[3], kept[4], kept[5], kept[6], kept[7], kept[8]
    c.message = message
    if fine then return index end
    if type(fault) ~= "table" or not fault.text then error(fault, 0) end
    furthest = fault
  end
  error(furthest or { text = "nothing can be read" }, 0)
end

local function read_choice(union, c, tree, scope)
  local there = {}
  for _, variant in ipairs(union.variants) do
    if not variant.condition or variant.condition(scope) == 1 then there[#there + 1] = variant end
  end
  local within = { values = {}, parameters = scope.parameters }
  local index = first_that_reads(c, there, function(variant)
    variant.read(c, nil, within)
  end)
  local variant = there[index]
  begun(c, union, variant.name)
  local body = variant.read(c, tree, within)
  return { name = variant.name, tag = variant.tag, body = body }
end

-- `{ tag = , source = , length = , variants = { { name, tag, reader } }, other = }`
function read.union(union)
  union.by_tag, union.ranges = {}, {}
  for index, entry in ipairs(union.variants) do
    local variant = { name = entry[1], tag = entry[2], read = entry[3], condition = entry.condition }
    union.variants[index] = variant
    local key = int.show(variant.tag)
    union.by_tag[key] = union.by_tag[key] or {}
    table.insert(union.by_tag[key], variant)
    for _, also in ipairs(entry.also or {}) do
      table.insert(union.ranges, { first = also[1], last = also[2], of = variant })
    end
  end
  return function(c, tree, scope)
    local start, outer = c.at, nil
    deeper(c)
    if union.length and union.length.first then
      outer = enter_length(c, tree, union.length, start)
    end
    if union.source == "choice" then
      local value = read_choice(union, c, tree, scope)
      if outer then leave(c, tree, outer) end
      c.depth = c.depth - 1
      return value, tree
    end
    local tag, tag_item
    if union.source == "wire" then
      tag, tag_item = union.tag(c, tree, ALONE)
      tag = number_of_tag(tag)
    else
      tag = union.source(scope)
      if tag == nil then fail("the tag of a union has no value") end
    end
    local variant = variant_of(union, tag, scope)
    if variant then
      begun(c, union, variant.name)
      named(tag_item, variant.name)
    end
    if not outer and union.length then outer = enter_length(c, tree, union.length, start) end
    if not variant and not union.other then
      begun(c, union, "unknown " .. int.show(tag))
      fail("unknown tag " .. int.show(tag))
    end
    local within = { values = {}, parameters = scope.parameters, tag = tag }
    local value = { tag = tag }
    if variant then
      value.name = variant.name
      value.body = (variant.read(c, tree, within))
    else
      value.name = union.other.name
      begun(c, union, union.other.name)
      ends_here(c)
      local from = c.at
      value.body = take_bytes(c, bytes_left(c))
      add(c, tree, union.other.field, from, c.at, value.body)
    end
    if outer then leave(c, tree, outer) end
    c.depth = c.depth - 1
    return value, tree
  end
end

-- The first of several shapes that can be read.
function read.choice(alternatives, names)
  return function(c, tree, scope)
    local index = first_that_reads(c, alternatives, function(alternative)
      alternative(c, nil, scope)
    end)
    local value, item = alternatives[index](c, tree, scope)
    if names[index] then
      return { name = names[index], tag = index - 1, body = value }, item
    end
    return value, item
  end
end

function read.peeked(ahead, item)
  return function(c, tree, scope)
    local at = c.at
    local value = item(c, tree, scope)
    local behind, quiet = c.at, c.quiet
    c.at, c.quiet = at, true
    local seen = ahead(c, nil, scope)
    c.at, c.quiet = behind, quiet
    return { count = 2, seen, value }
  end
end
