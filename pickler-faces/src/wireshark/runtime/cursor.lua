-- The bytes, and how far they are read. Offsets are in bits, from the start of
-- what Wireshark shows.

-- What stands for nothing.
local NULL = {}

local MOST_ITEMS = 65536
local MOST_LEVELS = 100

local function new_cursor(tvb, from, open)
  local length = tvb:len()
  return {
    bytes = tvb:raw(0, length), tvb = tvb,
    at = from * 8, stop = length * 8, origin = from * 8, piece = from * 8,
    -- More may come behind the end.
    open = open and length * 8,
    -- How far was read elsewhere, in the piece.
    furthest = 0,
    little = false, lsb = false, quiet = false, strict = false, depth = 0, tables = {},
  }
end

local function fail(text)
  error({ text = text }, 0)
end

-- Something is wrong with what was read, and yet what follows can be read.
local function complain(c, tree, text)
  if c.strict then fail(text) end
  if c.quiet then return end
  tree:add_proto_expert_info(experts.wrong, text)
end

local function units(bits)
  return bits % 8 == 0 and string.format("%d bytes", bits / 8) or string.format("%d bits", bits)
end

local function need(c, bits)
  if c.at + bits <= c.stop then return end
  if c.open == c.stop then
    error({ missing = math.ceil((c.at + bits - c.stop) / 8), text = "is cut off" }, 0)
  end
  if c.untold then fail("stands behind what only a codec of its own can read") end
  fail(string.format("needs %s, %s left", units(bits), units(c.stop - c.at)))
end

-- At most 8 bits.
local function chunk(c, bits)
  local index, offset = math.floor(c.at / 8) + 1, c.at % 8
  c.at = c.at + bits
  local first, second = c.bytes:byte(index, index + 1)
  second = second or 0
  if c.lsb then
    return math.floor((second * 256 + first) / 2 ^ offset) % 2 ^ bits
  end
  return math.floor((first * 256 + second) / 2 ^ (16 - offset - bits)) % 2 ^ bits
end

-- The bits of an integer: its bytes in byte order, of which the most
-- significant has the bits that are left over.
local function take(c, bits)
  need(c, bits)
  local odd, bytes = bits % 8, math.floor(bits / 8)
  local value, weight = 0, 0
  local function put(width)
    local found = chunk(c, width)
    if c.little then
      value = int.add(value, int.multiply(found, int.power_of_two(weight)))
      weight = weight + width
    else
      value = int.add(int.multiply(value, 2 ^ width), found)
    end
  end
  if odd > 0 and not c.little then put(odd) end
  for _ = 1, bytes do put(8) end
  if odd > 0 and c.little then put(odd) end
  return value
end

local function take_bytes(c, count)
  need(c, count * 8)
  if c.at % 8 == 0 then
    local from = c.at / 8
    c.at = c.at + count * 8
    return c.bytes:sub(from + 1, from + count)
  end
  local bytes = {}
  for index = 1, count do bytes[index] = string.char(chunk(c, 8)) end
  return table.concat(bytes)
end

local function bytes_left(c)
  return math.floor((c.stop - c.at) / 8)
end

local function on_boundary(c)
  if c.at % 8 ~= 0 then fail("does not start on a byte boundary") end
end

-- Confines the cursor to so many bytes.
local function enter(c, size)
  on_boundary(c)
  local outer = { stop = c.stop, piece = c.piece, furthest = c.furthest }
  -- Where a message ends, whatever is in it.
  if c.at + size * 8 > c.stop and size * 8 > MOST_MESSAGE * 8 then
    fail("is longer than a message may be")
  end
  need(c, size * 8)
  c.stop, c.piece, c.furthest = c.at + size * 8, c.at, 0
  c.frame = c.frame or c.stop
  return outer
end

local function leave_unread(c, outer)
  c.at, c.stop, c.piece, c.furthest = c.stop, outer.stop, outer.piece, outer.furthest
end

-- The range of the bytes that hold the bits.
local function extent(c, from, to)
  local first = math.floor(from / 8)
  return c.tvb:range(first, to > from and math.ceil(to / 8) - first or 0)
end

local function deeper(c)
  c.depth = c.depth + 1
  if c.depth > MOST_LEVELS then fail("is nested too deeply") end
end
