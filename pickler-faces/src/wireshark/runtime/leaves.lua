-- What has no parts. Each reader is given a cursor, the tree to show in, and
-- what expressions see; it returns the value, and the item that shows it.
local read = {}

function read.integer(f, bits, signed)
  return function(c, tree)
    local from = c.at
    local value = take(c, bits)
    if signed then value = int.signed(value, bits) end
    return value, add(c, tree, f, from, c.at, value)
  end
end

local function greatest(encoding, bits)
  if encoding == "quic" then return 8 end
  if encoding == "mqtt" then return 4 end
  return bits <= 64 and 10 or 19
end

local function groups(c, encoding, most)
  local value, length, byte = 0, 0, nil
  repeat
    if length == most then fail("is a variable-length integer without end") end
    need(c, 8)
    byte = chunk(c, 8)
    local group = byte % 128
    if encoding == "vlq" then
      value = int.add(int.multiply(value, 128), group)
    else
      if encoding == "nat" and length > 0 then group = group + 1 end
      value = int.add(value, int.multiply(group, int.power_of_two(7 * length)))
    end
    length = length + 1
  until byte < 128
  if encoding == "sleb128" and byte % 128 >= 64 then
    value = int.subtract(value, int.power_of_two(7 * length))
  end
  return value, length
end

local function varint(c, encoding, bits, signed)
  if encoding == "quic" then
    need(c, 8)
    local first = chunk(c, 8)
    local value = first % 64
    for _ = 2, 2 ^ math.floor(first / 64) do
      need(c, 8)
      value = int.add(int.multiply(value, 256), chunk(c, 8))
    end
    return value
  end
  local value, length = groups(c, encoding, greatest(encoding, bits))
  if encoding == "zigzag" then
    local half, odd = int.divide(value, 2)
    value = odd == 1 and int.subtract(int.negate(half), 1) or half
  elseif encoding == "leb128" and signed then
    local wide = bits <= 64 and 64 or 128
    if int.fits(value, wide, false) then value = int.signed(value, wide) end
  end
  return value, length
end

function read.varint(f, encoding, bits, signed, lenient)
  return function(c, tree)
    local from = c.at
    local value, length = varint(c, encoding, bits, signed)
    if not int.fits(value, bits, signed) then
      fail(string.format("%s does not fit %d bits", int.show(value), bits))
    end
    local item = add(c, tree, f, from, c.at, value)
    if length and length > 1 and not lenient and c.bytes:byte(c.at / 8) == 0
      and encoding ~= "nat" and encoding ~= "vlq" and encoding ~= "sleb128" then
      complain(c, item, "is written in more bytes than it needs")
    end
    return value, item
  end
end

function read.boolean(f, bits)
  return function(c, tree)
    local from = c.at
    local value = take(c, bits)
    local item = add(c, tree, f, from, c.at, value ~= 0)
    if value ~= 0 and value ~= 1 then
      complain(c, item, "expected 0 or 1, found " .. int.show(value))
    end
    return value ~= 0, item
  end
end

local LAYOUT = { [16] = { 5, 10 }, [32] = { 8, 23 }, [64] = { 11, 52 } }

local function to_float(raw, bits)
  local exponent_bits, fraction_bits = LAYOUT[bits][1], LAYOUT[bits][2]
  local sign = int.compare(raw, int.power_of_two(bits - 1)) >= 0
  if sign then raw = int.subtract(raw, int.power_of_two(bits - 1)) end
  local exponent, fraction = int.divide(raw, 2 ^ fraction_bits)
  local bias, value = 2 ^ (exponent_bits - 1) - 1, nil
  if exponent == 2 ^ exponent_bits - 1 then
    value = fraction == 0 and math.huge or 0 / 0
  elseif exponent == 0 then
    value = fraction * 2 ^ (1 - bias - fraction_bits)
  else
    value = (1 + fraction / 2 ^ fraction_bits) * 2 ^ (exponent - bias)
  end
  return sign and -value or value
end

function read.float(f, bits)
  return function(c, tree)
    local from = c.at
    local value = to_float(take(c, bits), bits)
    return value, add(c, tree, f, from, c.at, value)
  end
end

local function is_utf8(text)
  local at = 1
  while at <= #text do
    local first = text:byte(at)
    local more = first < 0x80 and 0 or first >= 0xC2 and first < 0xE0 and 1
      or first >= 0xE0 and first < 0xF0 and 2 or first >= 0xF0 and first < 0xF5 and 3
    if not more then return false end
    for behind = 1, more do
      local byte = text:byte(at + behind)
      if not byte or byte < 0x80 or byte > 0xBF then return false end
    end
    at = at + more + 1
  end
  return true
end

function read.bytes(f, count)
  return function(c, tree, scope)
    local from, value, to = count(c, tree, scope)
    local item = add(c, tree, f, from, to, value)
    -- Bytes that look like text are, more often than not.
    if item and value:find("^[ -~]+$") then note(item, " (" .. value .. ")") end
    return value, item
  end
end

function read.text(f, count)
  return function(c, tree, scope)
    local from, value, to = count(c, tree, scope)
    local item = add(c, tree, f, from, to, value)
    if not is_utf8(value) then complain(c, item, "is not UTF-8") end
    return value, item
  end
end

-- A tag as a number: of bytes, the first are the highest.
local function number_of_tag(tag)
  if type(tag) == "boolean" then return tag and 1 or 0 end
  if type(tag) ~= "string" then return tag end
  local number = 0
  for index = 1, #tag do number = int.add(int.multiply(number, 256), tag:byte(index)) end
  return number
end

-- Shows the name of a value: of integers of 32 bits, Wireshark does so by itself,
-- but for those that share a name.
local function named(item, name)
  if not item or item.text:find(name, 1, true) then return end
  local before, number = item.text:match("^(.*)Unknown %((%-?%d+)%)$")
  if number then
    item:set_text(before .. name .. " (" .. number .. ")")
  else
    note(item, " (" .. name .. ")")
  end
end

-- An integer, or bytes, whose values have names.
function read.enumeration(tag, names, other)
  return function(c, tree, scope)
    local value, item = tag(c, tree, scope)
    local number = number_of_tag(value)
    local name = names[int.show(number)]
    if name then
      named(item, name)
    elseif not other then
      complain(c, item, "unknown value " .. int.show(number))
    end
    return number, item
  end
end

-- Something whose format only its own codec can say.
function read.opaque(f, name)
  return function(c, tree)
    local from = c.at
    if c.open == c.stop then error({ endless = true }, 0) end
    local value = take_bytes(c, bytes_left(c))
    c.untold = true
    local item = add(c, tree, f, from, c.at, value)
    note(item, " [only the codec `" .. name .. "` can tell what this is]")
    return value, item
  end
end
