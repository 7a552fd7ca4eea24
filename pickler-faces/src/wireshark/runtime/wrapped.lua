-- What is around something else.

-- One of its values stands for none.
function read.optional(item, none)
  return function(c, tree, scope)
    local value, shown = item(c, tree, scope)
    if same(value, none) then
      note(shown, " [none]")
      return NULL, shown
    end
    return value, shown
  end
end

function read.if_flag(flag, item, absent)
  return function(c, tree, scope)
    if operand((flag(c, tree, ALONE))) == 1 then return item(c, tree, scope) end
    return absent
  end
end

function read.if_holds(condition, item, absent)
  return function(c, tree, scope)
    local holds = condition(scope)
    if holds == nil then fail("whether it is there is not known") end
    if holds ~= 0 then return item(c, tree, scope) end
    return absent
  end
end

function read.unless_end(item, absent)
  return function(c, tree, scope)
    if c.stop - c.at >= 8 then return item(c, tree, scope) end
    ends_here(c)
    return absent
  end
end

function read.constant(item, expected)
  return function(c, tree, scope)
    local value, shown = item(c, tree, scope)
    if not same(value, expected) then
      complain(c, shown or tree, "expected " .. show(expected) .. ", found " .. show(value))
    end
    return NULL, shown
  end
end

function read.behind(magic, item)
  return function(c, tree, scope)
    magic(c, tree, ALONE)
    return item(c, tree, scope)
  end
end

local function in_order(c, little, lsb, item, tree, scope)
  local was_little, was_lsb = c.little, c.lsb
  if little ~= nil then c.little = little end
  if lsb ~= nil then c.lsb = lsb end
  local value, shown = item(c, tree, scope)
  c.little, c.lsb = was_little, was_lsb
  return value, shown
end

function read.ordered(item, little, lsb)
  return function(c, tree, scope) return in_order(c, little, lsb, item, tree, scope) end
end

function read.ordered_by(item, condition)
  return function(c, tree, scope)
    local little = condition(scope)
    if little == nil then fail("the byte order is not known") end
    return in_order(c, little ~= 0, nil, item, tree, scope)
  end
end

-- Some values are shown as others.
function read.shown(item, pairs_of)
  return function(c, tree, scope)
    local value, item_shown = item(c, tree, scope)
    for _, pair in ipairs(pairs_of) do
      if same(pair[1], value) then
        note(item_shown, " [" .. show(pair[2]) .. "]")
        return pair[2], item_shown
      end
    end
    return value, item_shown
  end
end

function read.satisfying(item, condition, text)
  return function(c, tree, scope)
    local value, shown = item(c, tree, scope)
    if value ~= NULL and condition(inner(scope, { item = value })) ~= 1 then
      complain(c, shown or tree, text .. " does not hold")
    end
    return value, shown
  end
end

-- A piece of so many bytes.
local function in_piece(c, tree, scope, size, item, leftover_ignored)
  local outer = enter(c, size)
  local value, shown = item(c, tree, scope)
  if leftover_ignored then leave_unread(c, outer) else leave(c, tree, outer) end
  return value, shown
end

function read.sized(size, item, leftover_ignored)
  return function(c, tree, scope)
    return in_piece(c, tree, scope, size(c, tree, scope), item, leftover_ignored)
  end
end

-- A size in front that counts itself, too.
function read.sized_with_itself(prefix, item, leftover_ignored)
  return function(c, tree, scope)
    local from = c.at
    local size = natural(operand((prefix(c, tree, ALONE))))
    local least = (c.at - from) / 8
    if size < least then fail("a size that is less than its own") end
    return in_piece(c, tree, scope, size - least, item, leftover_ignored)
  end
end

function read.sized_all_but(behind, item, leftover_ignored)
  return function(c, tree, scope)
    ends_here(c)
    local size = bytes_left(c) - natural(behind(scope))
    if size < 0 then fail("needs more bytes behind it than are left") end
    return in_piece(c, tree, scope, size, item, leftover_ignored)
  end
end

function read.sized_until(ending, terminator, or_end, item, leftover_ignored)
  return function(c, tree, scope)
    local length, found = find_end(c, ending, or_end)
    if terminator == "kept" then length, found = length + found, 0 end
    local value, shown = in_piece(c, tree, scope, length, item, leftover_ignored)
    if terminator == "taken" then take_bytes(c, found) end
    return value, shown
  end
end

function read.sized_at_most(most, item)
  return function(c, tree, scope)
    local stop = c.stop
    c.stop = math.min(stop, c.at + most * 8)
    local value, shown = item(c, tree, scope)
    c.stop = stop
    return value, shown
  end
end

-- Text or bytes with padding behind them.
function read.padded(size, unit, unit_bytes, ignored, item)
  return function(c, tree, scope)
    local outer = enter(c, size)
    local piece = c.bytes:sub(c.at / 8 + 1, c.stop / 8)
    local pad = string.char(unit % 256)
    if unit_bytes == 2 then
      local high = string.char(math.floor(unit / 256))
      pad = c.little and pad .. high or high .. pad
    end
    local content
    if unit == 0 then
      content = #piece
      for at = 0, #piece - unit_bytes, unit_bytes do
        if piece:sub(at + 1, at + unit_bytes) == pad then
          content = at
          break
        end
      end
    else
      content = math.ceil(#piece / unit_bytes) * unit_bytes
      while content > 0 and piece:sub(content - unit_bytes + 1, content) == pad do
        content = content - unit_bytes
      end
      content = math.min(content, #piece)
    end
    local value, shown = in_piece(c, tree, scope, content, item, false)
    local from = c.at
    local rest = take_bytes(c, bytes_left(c))
    if #rest > 0 then
      add(c, tree, padding, from, c.at, rest)
      if not ignored and rest:sub(1, #rest - #rest % unit_bytes) ~= pad:rep(math.floor(#rest / unit_bytes)) then
        complain(c, tree, "the padding holds something else")
      end
    end
    leave_unread(c, outer)
    return value, shown
  end
end

local function pad(c, tree, bits, ignored)
  if bits == 0 then return end
  need(c, bits)
  local from, zero = c.at, true
  local to = from + bits
  while c.at < to do
    if chunk(c, math.min(8, to - c.at)) ~= 0 then zero = false end
  end
  if bits >= 8 and from % 8 == 0 and bits % 8 == 0 then
    add(c, tree, padding, from, to, c.bytes:sub(from / 8 + 1, to / 8))
  end
  if not zero and not ignored then complain(c, tree, "the padding is not zero") end
end

local function to_boundary(at, start, bytes)
  return -(at - start) % (bytes * 8)
end

function read.filled(fill, ignored, item)
  return function(c, tree, scope)
    if fill.to then
      local outer = enter(c, fill.to)
      local value, shown = item(c, tree, scope)
      pad(c, tree, c.stop - c.at, ignored)
      leave_unread(c, outer)
      return value, shown
    end
    local start = c.at
    pad(c, tree, fill.before or 0, ignored)
    if fill.align then
      local from = fill.from_record and (scope.start or 0) or c.origin
      pad(c, tree, to_boundary(c.at, from, fill.align), ignored)
    end
    local value, shown = item(c, tree, scope)
    pad(c, tree, fill.after or 0, ignored)
    if fill.align_end then
      local from = fill.from_record and start or c.origin
      pad(c, tree, to_boundary(c.at, from, fill.align_end), ignored)
    end
    return value, shown
  end
end

-- Something that stands elsewhere.
function read.elsewhere(at, from_record, none, item)
  return function(c, tree, scope)
    local offset = at(scope)
    if offset == nil then fail("an offset of no value") end
    local there = scope.there or {}
    if none and same(offset, none) then
      if scope.current then there[scope.current] = { offset = offset, size = 0 } end
      return NULL
    end
    local start = from_record and math.floor((scope.start - c.origin) / 8) or 0
    local place = type(offset) == "number" and c.origin + (start + offset) * 8
    if place and place > c.stop and c.open == c.stop then
      error({ missing = (place - c.stop) / 8, text = "is cut off" }, 0)
    end
    if not place or place < c.piece or place > c.stop then
      fail("an offset outside of the input: " .. show(offset))
    end
    local back = c.at
    deeper(c)
    c.at = place
    local value, shown = item(c, tree, scope)
    if scope.current then
      there[scope.current] = { offset = offset, size = math.ceil((c.at - place) / 8) }
    end
    c.furthest = math.max(c.furthest, math.ceil(c.at / 8) * 8)
    c.at, c.depth = back, c.depth - 1
    return value, shown
  end
end

-- A reference where it was seen before: by its offset.
function read.shared_by_offset(bits, mark, item)
  local first = math.floor(mark / 2 ^ (bits - 8))
  local function resolve(c, tree, scope)
    on_boundary(c)
    local here = (c.at - c.origin) / 8
    local outer = c.limit
    local limit = outer or here
    local byte = c.at < c.stop and c.bytes:byte(c.at / 8 + 1)
    if not byte or int.bitwise("band", byte, first) ~= first then
      c.limit = limit
      local value, shown = item(c, tree, scope)
      c.limit = outer
      return value, shown
    end
    local little, lsb = c.little, c.lsb
    c.little, c.lsb = false, false
    local offset = int.subtract(take(c, bits), mark)
    c.little, c.lsb = little, lsb
    if type(offset) ~= "number" or offset >= limit then
      fail("a reference to what was not seen: " .. show(offset))
    end
    local back, stop = c.at, c.stop
    c.limit, c.at, c.stop = offset, c.origin + offset * 8, c.origin + limit * 8
    local value, shown = resolve(c, tree, scope)
    c.limit, c.at, c.stop = outer, back, stop
    note(shown, " [from byte " .. offset .. "]")
    return value, shown
  end
  return resolve
end

-- By its number among those seen before.
function read.shared_by_number(prefix, name, item)
  return function(c, tree, scope)
    local number, shown_number = prefix(c, tree, ALONE)
    c.tables[name] = c.tables[name] or { count = 0 }
    local seen = c.tables[name]
    if number == seen.count then
      local value, shown = item(c, tree, scope)
      seen.count = seen.count + 1
      seen[seen.count] = value
      return value, shown
    end
    if type(number) ~= "number" or seen[number + 1] == nil then
      fail("a reference to what was not seen")
    end
    note(shown_number, " [as seen before]")
    return seen[number + 1], shown_number
  end
end

-- Bytes that go through a filter: all that is left.
local function filtered(c, tree, f, scope, transform, item)
  ends_here(c)
  on_boundary(c)
  local from = c.at
  local raw = take_bytes(c, bytes_left(c))
  local shown = add(c, tree, f, from, c.at, raw)
  local clear = apart(c, transform(raw), "Unfiltered")
  local value = item(clear, shown, scope)
  return value, shown
end

local function each_byte(raw, change)
  local bytes = {}
  for index = 1, #raw do bytes[index] = string.char(change(raw:byte(index), index)) end
  return table.concat(bytes)
end

function read.xored(f, key, item)
  return function(c, tree, scope)
    local parts = {}
    for index, part in ipairs(key) do
      local value = part(scope)
      if type(value) ~= "number" or value < 0 or value > 255 then fail("a key that is no byte") end
      parts[index] = value
    end
    return filtered(c, tree, f, scope, function(raw)
      return each_byte(raw, function(byte, index)
        return bitwise.bxor(byte, parts[(index - 1) % #parts + 1])
      end)
    end, item)
  end
end

function read.rotated(f, by, left, item)
  return function(c, tree, scope)
    local count = by(scope)
    if type(count) ~= "number" or count < 0 or count > 7 then fail("a rotation by no 0 to 7") end
    if not left then count = (8 - count) % 8 end
    return filtered(c, tree, f, scope, function(raw)
      return each_byte(raw, function(byte)
        local turned = byte * 2 ^ count
        return turned % 256 + math.floor(turned / 256)
      end)
    end, item)
  end
end

-- What is compressed is shown as it is.
function read.compressed(f, algorithm)
  return function(c, tree)
    ends_here(c)
    local from = c.at
    local value = take_bytes(c, bytes_left(c))
    local shown = add(c, tree, f, from, c.at, value)
    note(shown, " [compressed: " .. algorithm .. "]")
    return value, shown
  end
end

function read.boxed(item)
  return function(c, tree, scope)
    deeper(c)
    local value, shown = item(c, tree, scope)
    c.depth = c.depth - 1
    return value, shown
  end
end
