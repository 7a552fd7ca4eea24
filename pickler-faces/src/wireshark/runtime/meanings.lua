-- What stands for something else.

-- Only some of its values are allowed.
function read.within(item, least, most)
  return function(c, tree, scope)
    local value, shown = item(c, tree, scope)
    if int.compare(value, least) < 0 or (most and int.compare(value, most) > 0) then
      complain(c, shown or tree, show(value) .. " is not allowed")
    end
    return value, shown
  end
end

-- What is on the wire is read quietly, and what it stands for is shown.
function read.means(f, item, convert)
  return function(c, tree, scope)
    local from, quiet = c.at, c.quiet
    c.quiet = true
    local wire = item(c, nil, scope)
    c.quiet = quiet
    local value, wrong = convert(wire)
    local shown = add(c, tree, f, from, c.at, value)
    if wrong then complain(c, shown or tree, wrong) end
    return value, shown
  end
end

local meaning = {}

-- Packed decimal digits.
function meaning.digits(max)
  return function(wire)
    local value, weight, left, wrong = 0, 1, wire, nil
    while left ~= 0 do
      local digit
      left, digit = int.divide(left, 16)
      if digit > 9 then wrong = "is no decimal digit" end
      value = int.add(value, int.multiply(digit, weight))
      weight = int.multiply(weight, 10)
    end
    if int.compare(value, max) > 0 then wrong = show(value) .. " is not allowed" end
    return value, wrong
  end
end

function meaning.zigzag(wire)
  local half, odd = int.divide(wire, 2)
  return odd == 1 and int.subtract(int.negate(half), 1) or half
end

local function utf8_of(code)
  if code < 0x80 then return string.char(code) end
  local function more(shift) return 0x80 + math.floor(code / 2 ^ shift) % 64 end
  if code < 0x800 then return string.char(0xC0 + math.floor(code / 64), more(0)) end
  if code < 0x10000 then
    return string.char(0xE0 + math.floor(code / 4096), more(6), more(0))
  end
  return string.char(0xF0 + math.floor(code / 2 ^ 18), more(12), more(6), more(0))
end

function meaning.character(wire)
  if type(wire) ~= "number" or wire > 0x10FFFF or (wire >= 0xD800 and wire < 0xE000) then
    return show(wire), "is no character"
  end
  return utf8_of(wire)
end

function meaning.ascii(wire)
  return wire, wire:find("[\128-\255]") and "is not ASCII" or nil
end

function meaning.latin1(wire)
  return (wire:gsub("[\128-\255]", function(byte) return utf8_of(byte:byte()) end))
end

function meaning.utf16(wire)
  local text, index, wrong = {}, 1, nil
  while index <= wire.count do
    local unit, low = wire[index], wire[index + 1]
    if unit >= 0xD800 and unit < 0xDC00 and low and low >= 0xDC00 and low < 0xE000 then
      unit = 0x10000 + (unit - 0xD800) * 1024 + low - 0xDC00
      index = index + 1
    elseif unit >= 0xD800 and unit < 0xE000 then
      unit, wrong = 0xFFFD, "is not UTF-16"
    end
    text[#text + 1] = utf8_of(unit)
    index = index + 1
  end
  return table.concat(text), wrong
end

-- In an encoding of which Lua has no table: its bytes.
function read.encoded(item, encoding)
  return function(c, tree, scope)
    local value, shown = item(c, tree, scope)
    note(shown, " [" .. encoding .. "]")
    return value, shown
  end
end

-- An amount, as an integer of its parts.
function read.scaled(item, scale, unit)
  local decimals = #string.format("%.0f", scale) - 1
  return function(c, tree, scope)
    local value, shown = item(c, tree, scope)
    if shown and type(value) == "number" then
      note(shown, string.format(" (%." .. decimals .. "f%s)", value / scale, unit))
    end
    return value, shown
  end
end

-- Flags, as bits of an integer: each has a line of its own.
function read.flags(item, named, keeps)
  return function(c, tree, scope)
    local from = c.at
    local value, shown = item(c, tree, scope)
    local bits, known = int.unsigned(value, c.at - from), 0
    for _, flag in ipairs(named) do
      local set = int.bitwise("band", bits, flag[2]) == flag[2]
      if not c.quiet then shown:add(flag[3].proto, extent(c, from, c.at), set) end
      known = int.bitwise("bor", known, flag[2])
    end
    if not keeps and int.bitwise("bor", bits, known) ~= known then
      complain(c, shown or tree, "has flags without a name")
    end
    return value, shown
  end
end

function read.ignored(item)
  return function(c, tree, scope)
    local _, shown = item(c, tree, scope)
    note(shown, " [ignored]")
    return NULL, shown
  end
end

-- An address or a UUID, as bytes that Wireshark knows how to show.
function read.address(f, item)
  return function(c, tree, scope)
    local from, quiet = c.at, c.quiet
    c.quiet = true
    local value = item(c, nil, scope)
    c.quiet = quiet
    return value, add(c, tree, f, from, c.at, value)
  end
end
